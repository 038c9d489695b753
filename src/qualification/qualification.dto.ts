import { PageQuery } from '../infrastructure/validation/rules.js';

export class OfficerRecordsQuery extends PageQuery {}
