import type { DeploymentState } from '../rules/deployment.lifecycle.js';

/** A deployment as the verbs read it. */
export interface DeploymentRow {
  readonly id: string;
  readonly subject_id: string;
  readonly matter_code: string;
  readonly division_code: string | null;
  readonly span_from: Date;
  readonly span_to: Date;
  readonly status: DeploymentState;
  readonly owner_id: string;
}
