import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { AppConfig } from './infrastructure/config/app-config.js';
import { checkDatabase } from './infrastructure/database/start-checks.js';
import { createApp, prefixRoutes } from './infrastructure/http/create-app.js';
import { serveWebPages } from './infrastructure/http/web-pages.js';
import { logger } from './infrastructure/logging/logger.js';
import { exitWithParent, reportStartFailure } from './process.js';
import { serveOpenApi } from './openapi.js';

/** The HTTP process. */
async function main(): Promise<void> {
  const app = await createApp(AppModule);
  const config = app.get(AppConfig);
  logger.level = config.LOG_LEVEL;
  await checkDatabase(app.get(DataSource));
  prefixRoutes(app);
  serveOpenApi(app);
  await serveWebPages(app);
  await app.listen(config.PORT, config.HOST);
  const stop = (): void => {
    void app.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  exitWithParent(stop);
  logger.info({ url: await app.getUrl() }, 'serving');
  process.send?.('ready');
}

main().catch(reportStartFailure);
