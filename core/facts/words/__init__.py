"""What headlines say, language by language: tables of phrases for events (what happened) and views (what \
nobody vouches for)."""
