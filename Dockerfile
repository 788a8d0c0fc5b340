# Small, not root, one volume: the ledger must outlive the container, or every report and every cost is forgotten.
# `compose.yaml` runs it read-only and without capabilities.
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    MPLCONFIGDIR=/tmp/matplotlib \
    DATABASE=/data/condorcet.sqlite

WORKDIR /app
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements.lock \
 && useradd --system --uid 10001 --no-create-home condorcet \
 && install -d -o condorcet -g condorcet -m 0700 /data

COPY bot bot
COPY core core
COPY providers providers
COPY .env.example ./

USER condorcet
VOLUME /data
# The bot itself is process 1 and hears the signal: it parks what runs within ten seconds.
STOPSIGNAL SIGTERM
# Speaks from work done: a getUpdates that succeeded, a tick of the schedule, a round of the outbox.
HEALTHCHECK --interval=2m --timeout=10s --start-period=2m --retries=3 CMD ["python", "-m", "bot", "health"]
CMD ["python", "-m", "bot"]
