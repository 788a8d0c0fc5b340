# Small, not root, one volume: the ledger must outlive the container, or every report and every cost is forgotten.
# docker build -t condorcet . && docker run -d --env-file .env -v condorcet:/data --stop-timeout 60 --restart unless-stopped condorcet
FROM python:3.11-slim

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
CMD ["python", "-m", "bot"]
