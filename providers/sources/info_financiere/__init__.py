"""Info-financière, the store of regulated information of France."""
