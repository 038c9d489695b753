import { Module } from '@nestjs/common';
import { AbolishSubject } from './bodies/abolish-subject.js';
import { ConfirmSubject } from './bodies/confirm-subject.js';
import { RegisterSubject } from './bodies/register-subject.js';
import { RestoreSubject } from './bodies/restore-subject.js';
import { SubjectMoves } from './bodies/subject-moves.js';
import { SubjectsController } from './bodies/subjects.controller.js';
import { SubjectQueries } from './bodies/subjects.queries.js';
import { SuspendSubject } from './bodies/suspend-subject.js';
import { CreateDelegation } from './delegations/create-delegation.js';
import { DelegationDecisionsController } from './delegations/delegation-decisions.controller.js';
import { DelegationFactQueries } from './delegations/delegation-facts.queries.js';
import { DelegationReader } from './delegations/delegation-reader.js';
import { DelegationRulings } from './delegations/delegation-rulings.js';
import { DelegationVerbs } from './delegations/delegation-verbs.js';
import { DelegationsController } from './delegations/delegations.controller.js';
import { DelegationQueries } from './delegations/delegations.queries.js';
import { PublishDelegation } from './delegations/publish-delegation.js';
import { RecordDelegation } from './delegations/record-delegation.js';
import { ResumeDelegation } from './delegations/resume-delegation.js';
import { RevokeDelegation } from './delegations/revoke-delegation.js';
import { SignDelegation } from './delegations/sign-delegation.js';
import { SuspendDelegation } from './delegations/suspend-delegation.js';
import { CreateMatter } from './matters/create-matter.js';
import { MattersController } from './matters/matters.controller.js';
import { MatterQueries } from './matters/matters.queries.js';
import { EndPower } from './powers/end-power.js';
import { GrantPower } from './powers/grant-power.js';
import { PowersController } from './powers/powers.controller.js';
import { PowerQueries } from './powers/powers.queries.js';

@Module({
  controllers: [
    SubjectsController,
    MattersController,
    PowersController,
    DelegationsController,
    DelegationDecisionsController,
  ],
  providers: [
    SubjectQueries,
    SubjectMoves,
    RegisterSubject,
    ConfirmSubject,
    SuspendSubject,
    RestoreSubject,
    AbolishSubject,
    MatterQueries,
    CreateMatter,
    PowerQueries,
    GrantPower,
    EndPower,
    DelegationQueries,
    DelegationFactQueries,
    DelegationRulings,
    DelegationReader,
    DelegationVerbs,
    CreateDelegation,
    SignDelegation,
    PublishDelegation,
    SuspendDelegation,
    ResumeDelegation,
    RevokeDelegation,
    RecordDelegation,
  ],
  exports: [SubjectQueries, MatterQueries, PowerQueries, DelegationReader, RegisterSubject, ConfirmSubject],
})
export class SubjectsModule {}
