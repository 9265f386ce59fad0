# copydesk and nothing else, for CI that runs in containers:
#
#     docker build -t copydesk .
#     docker run --rm -v "$PWD:/desk:ro" copydesk lint drafts
FROM rust:1-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends make
WORKDIR /copydesk
COPY . .
RUN cargo build --release --locked --bin copydesk

FROM debian:bookworm-slim
COPY --from=build /copydesk/target/release/copydesk /usr/local/bin/copydesk
COPY --from=build /copydesk/LICENSE-MIT /copydesk/LICENSE-APACHE /copydesk/THIRD_PARTY.md /usr/share/doc/copydesk/
# It reads drafts and writes to standard output; it needs no rights of its own.
USER 65532:65532
WORKDIR /desk
ENTRYPOINT ["copydesk"]
CMD ["--help"]
