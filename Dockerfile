# One image for every process, and one for the directory that docker-compose.yml tries it out with.
FROM node:24-bookworm-slim AS packages
WORKDIR /lanyard
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24-bookworm-slim AS process
ENV NODE_ENV=production
WORKDIR /lanyard
COPY --from=packages /lanyard/node_modules node_modules
COPY package.json ./
COPY schema schema
COPY standards standards
COPY runtime runtime
COPY gateway gateway
COPY identity identity
COPY web web
COPY subgraphs subgraphs
COPY cli cli
COPY local local
USER node
STOPSIGNAL SIGTERM
# docker-compose.yml says which process.
CMD ["node", "cli/main.ts", "--help"]

FROM debian:bookworm-slim AS directory
RUN apt-get update \
  && apt-get install -y --no-install-recommends slapd ldap-utils openssl \
  && rm -rf /var/lib/apt/lists/*
COPY deploy/slapd.conf deploy/nhsmail.schema deploy/directory.sh /etc/lanyard/
RUN mkdir -p /var/lib/lanyard-directory /tls && chown openldap:openldap /var/lib/lanyard-directory /tls
USER openldap
CMD ["sh", "/etc/lanyard/directory.sh"]
