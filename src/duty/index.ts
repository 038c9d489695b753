export { DutyModule } from './duty.module.js';
/** For the demonstration data: its deployments are decided like all others. */
export { CheckDuty } from './check-duty.js';
export { CreateDeployment } from './create-deployment.js';
export { MoveDeployment } from './move-deployment.js';
