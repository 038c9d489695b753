# One image, three commands: the API (default), `node dist/src/worker.js`, and the one-shot migration of compose.yaml.
#   docker build -f docker/app.Dockerfile -t chizheng .

FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc nest-cli.json tsconfig.json tsconfig.build.json ./
COPY scripts ./scripts
COPY web ./web
COPY docs/openapi.json ./docs/openapi.json
COPY src ./src
COPY migrations ./migrations
COPY checker ./checker
# The same preparation as `npm start`: exactly the locked packages, no install scripts, the build, the web pages.
RUN node --input-type=module -e "import { prepare } from './scripts/lib/prepare.mjs'; await prepare(console.log);"
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund

FROM node:20-bookworm-slim
ENV NODE_ENV=production TZ=UTC HOST=0.0.0.0 PORT=3000 DATA_DIR=/data DEMO=0
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/web/dist ./web/dist
COPY scripts/grants.mjs ./scripts/grants.mjs
COPY scripts/lib ./scripts/lib
COPY docker/database/grants.json ./docker/database/grants.json
# Files belong to root and are only read; the one folder that is written to is the volume of the uploads.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/ready`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
