import { Global, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Clock } from '../kernel/clock.js';
import { WorkingDays } from './calendar/working-days.js';
import { AppConfig, readConfig } from './config/app-config.js';
import { readKeys } from './config/keys.js';
import { PersonalData } from './crypto/personal-data.js';
import { PublicCodes } from './crypto/public-codes.js';
import { DatabaseClock } from './database/database-clock.js';
import { dataSourceOptions } from './database/data-source.js';
import { Db } from './database/db.js';
import { Housekeeping } from './database/housekeeping.js';
import { ReadPool } from './database/read-pool.js';
import { UnitOfWork } from './database/unit-of-work.js';
import { ClearanceChanges } from './discovery/clearance-changes.js';
import { Events } from './events/events.js';
import { FileStore } from './files/file-store.js';
import { HealthController } from './health/health.controller.js';
import { Metrics } from './health/metrics.js';
import { Idempotency } from './http/idempotency.js';
import { PublicAddress } from './http/public-address.js';
import { Inbox } from './outbox/inbox.js';
import { Outbox } from './outbox/outbox.js';
import { OutboxRelay } from './outbox/relay.js';
import { Doorbell } from './queue/doorbell.js';
import { EventWorker } from './queue/event-worker.js';
import { Queues } from './queue/queues.js';
import { Settings } from './settings/settings.js';

const PROVIDERS = [
  Db,
  ReadPool,
  UnitOfWork,
  ClearanceChanges,
  Events,
  FileStore,
  Housekeeping,
  Idempotency,
  Inbox,
  Metrics,
  Outbox,
  OutboxRelay,
  PublicAddress,
  Doorbell,
  EventWorker,
  Queues,
  Settings,
  WorkingDays,
];

/** The building: what every room stands on. Rooms need not import it. */
@Global()
@Module({
  imports: [
    DiscoveryModule,
    TypeOrmModule.forRootAsync({
      useFactory: async (config: AppConfig) => ({
        ...(await dataSourceOptions(config.DATABASE_URL, config.DB_POOL)),
        retryAttempts: 0,
      }),
      inject: [AppConfig],
    }),
  ],
  controllers: [HealthController],
  providers: [
    ...PROVIDERS,
    { provide: AppConfig, useFactory: () => readConfig() },
    { provide: Clock, useClass: DatabaseClock },
    {
      provide: PersonalData,
      useFactory: (config: AppConfig) => new PersonalData(readKeys(config.KEY_FILE)),
      inject: [AppConfig],
    },
    {
      provide: PublicCodes,
      useFactory: (config: AppConfig) => new PublicCodes(readKeys(config.KEY_FILE).publicCode),
      inject: [AppConfig],
    },
  ],
  exports: [...PROVIDERS, AppConfig, Clock, PersonalData, PublicCodes, DiscoveryModule],
})
export class InfrastructureModule {}
