import { Lifecycle } from './lifecycle.js';

export const DEPLOYMENT_STATES = ['PLANNED', 'ACTIVE', 'COMPLETED', 'CANCELLED', 'RECALLED'] as const;
export type DeploymentState = (typeof DEPLOYMENT_STATES)[number];
export type DeploymentCommand = 'start' | 'complete' | 'cancel' | 'recall';

/** A deployment that has begun is completed or recalled; only one that has not can be called off. */
export const deploymentLifecycle = new Lifecycle<DeploymentState, DeploymentCommand>('PLANNED', DEPLOYMENT_STATES, {
  start: { from: ['PLANNED'], to: 'ACTIVE' },
  complete: { from: ['ACTIVE'], to: 'COMPLETED' },
  cancel: { from: ['PLANNED'], to: 'CANCELLED' },
  recall: { from: ['PLANNED', 'ACTIVE'], to: 'RECALLED' },
});

/** The states that the continuous watch decides again. */
export const WATCHED_DEPLOYMENT_STATES: readonly DeploymentState[] = deploymentLifecycle.move('recall').from;
