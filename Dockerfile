# Parvis as one small image: the pages' files, then the server, then only what runs.
FROM node:20-bookworm-slim AS web
WORKDIR /parvis
COPY web web
RUN cd web && npm ci --no-fund --no-audit && npm run build

FROM rust:1.95-slim-bookworm AS server
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /parvis
COPY . .
COPY --from=web /parvis/web/dist web/dist
RUN cargo build --release --locked --bin parvis

FROM debian:bookworm-slim
RUN useradd --system --create-home --home-dir /var/lib/parvis parvis
COPY --from=server /parvis/target/release/parvis /usr/local/bin/parvis
USER parvis
WORKDIR /var/lib/parvis
ENV PARVIS_LISTEN=0.0.0.0:8600 PARVIS_DATABASE=sqlite:/var/lib/parvis/parvis.db PARVIS_MEDIA=/var/lib/parvis/media PARVIS_LOG=json
VOLUME /var/lib/parvis
EXPOSE 8600
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s CMD ["parvis", "health"]
CMD ["parvis", "serve"]
