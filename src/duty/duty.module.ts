import { Module } from '@nestjs/common';
import { SubjectsModule } from '../subjects/index.js';
import { CheckDuty } from './check-duty.js';
import { CreateDeployment } from './create-deployment.js';
import { Decide } from './decide.js';
import { DeploymentRecords } from './deployment-records.js';
import { DeploymentEvents } from './deployment-events.js';
import { DeploymentsQueries } from './deployments.queries.js';
import { DutyController } from './duty.controller.js';
import { DutyFactsLoader } from './duty-facts.queries.js';
import { DutyLocks } from './duty-locks.js';
import { DutyPeopleController } from './duty-people.controller.js';
import { FindMembers } from './find-members.queries.js';
import { MoveDeployment } from './move-deployment.js';
import { ReadChain } from './read-chain.queries.js';
import { RecallDeployments } from './recall-deployments.js';
import { RecordedChecks } from './recorded-checks.js';
import { Strength } from './strength.queries.js';
import { Substitutes } from './substitutes.queries.js';
import { WatchDeployments } from './watch-deployments.js';

/** The last desk before the street: checks, deployments, the watch over them. */
@Module({
  imports: [SubjectsModule],
  controllers: [DutyPeopleController, DutyController],
  providers: [
    CheckDuty,
    CreateDeployment,
    Decide,
    DeploymentEvents,
    DeploymentRecords,
    DeploymentsQueries,
    DutyFactsLoader,
    DutyLocks,
    FindMembers,
    MoveDeployment,
    ReadChain,
    RecallDeployments,
    RecordedChecks,
    Strength,
    Substitutes,
    WatchDeployments,
  ],
})
export class DutyModule {}
