"""Denmark's store at Finanstilsynet."""
