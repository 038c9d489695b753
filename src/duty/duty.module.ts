import { Module } from '@nestjs/common';
import { CheckDuty } from './check-duty.js';
import { CreateDeployment } from './create-deployment.js';
import { Decide } from './decide.js';
import { DeploymentRecords } from './deployment-records.js';
import { DeploymentsQueries } from './deployments.queries.js';
import { DutyController } from './duty.controller.js';
import { DutyFactsLoader } from './duty-facts.queries.js';
import { DutyLocks } from './duty-locks.js';
import { MoveDeployment } from './move-deployment.js';
import { RecallDeployments } from './recall-deployments.js';
import { RecordedChecks } from './recorded-checks.js';
import { WatchDeployments } from './watch-deployments.js';

/** The last desk before the street: checks, deployments, the watch over them. */
@Module({
  controllers: [DutyController],
  providers: [
    CheckDuty,
    CreateDeployment,
    Decide,
    DeploymentRecords,
    DeploymentsQueries,
    DutyFactsLoader,
    DutyLocks,
    MoveDeployment,
    RecallDeployments,
    RecordedChecks,
    WatchDeployments,
  ],
})
export class DutyModule {}
