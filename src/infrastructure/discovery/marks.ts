import { DiscoveryService } from '@nestjs/core';
import type { Topic } from '../outbox/topics.js';

/** An import definition of a room; the engine finds it. */
export const Importable = DiscoveryService.createDecorator();

/** A room's clocks that somebody is reminded of: a provider that is a `ClockSource`. */
export const RunsClocks = DiscoveryService.createDecorator();

/** A room that acts in the same transaction when somebody's clearance shrinks. */
export const ParticipatesInClearance = DiscoveryService.createDecorator();

/** A handler of one outbox topic: a provider with `handle(payload)`. It is called inside a unit of work, once per event. */
export const HandlesTopic = DiscoveryService.createDecorator<Topic>();

export interface TopicHandler {
  /** True when the work is too long for one transaction: then it runs outside and must be safe to repeat by itself. */
  readonly longRunning?: boolean;
  handle(payload: object): Promise<void>;
  /** The process is to end: long work lays itself down at its next resting place, and somebody else goes on. */
  stop?(): void;
}

/** Work that looks at state by itself: sweepers and reconcilers. Runs in the worker, never twice at once in one process. */
export const Sweeps = DiscoveryService.createDecorator<{
  readonly everyMs: number;
  /** Also when the worker starts, not first after the pause: what a killed one left undone goes on at once. */
  readonly atStart?: boolean;
}>();

export interface Sweeper {
  /** Gives the number of things it moved on. */
  sweep(): Promise<number>;
}
