export { DutyModule } from './duty.module.js';
