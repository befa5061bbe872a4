# An image with handouts: docker build -t handouts . && docker run --rm -v "$PWD:/project" handouts build
# Containers download nothing: the fonts come with the tool.
# The digest is that of the list of all platforms: change it deliberately.

FROM debian:bookworm-20260610-slim@sha256:96e378d7e6531ac9a15ad505478fcc2e69f371b10f5cdf87857c4b8188404716 AS made
# Debian's packages have the versions of the base image; Python's have the hashes of requirements.lock (scripts/lock).
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3-venv \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN python3 -m venv /opt/handouts \
    && /opt/handouts/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --require-hashes \
        --requirement requirements.lock \
    && /opt/handouts/bin/pip install --no-cache-dir --disable-pip-version-check --no-deps --no-build-isolation .

FROM debian:bookworm-20260610-slim@sha256:96e378d7e6531ac9a15ad505478fcc2e69f371b10f5cdf87857c4b8188404716
LABEL org.opencontainers.image.title="handouts" \
      org.opencontainers.image.description="Branded patient handouts from Markdown, as accessible PDFs"
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install -y --no-install-recommends python3 libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 1000 --no-create-home --home-dir /tmp handouts
COPY --from=made /opt/handouts /opt/handouts
# UTF-8 text, and a home folder that every user (docker run --user) can write to.
ENV PATH=/opt/handouts/bin:$PATH LANG=C.UTF-8 HOME=/tmp
USER 1000
WORKDIR /project
# Only `handouts serve` can be healthy or not; other commands end.
HEALTHCHECK --interval=30s --timeout=10s CMD ["python3", "-c", "import socket; b'\\0serve\\0' in open('/proc/1/cmdline', 'rb').read() and socket.create_connection(('127.0.0.1', 8765), 5).close()"]
ENTRYPOINT ["handouts"]
CMD ["--help"]
