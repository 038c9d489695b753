import type { INestApplicationContext } from '@nestjs/common';
import { Db } from '../infrastructure/database/db.js';
import type { Actor } from '../kernel/actor.js';
import type { BodyKey } from './bodies.data.js';
import type { Person } from './people.js';
import type { StoryTime } from './story-time.js';

export interface LoadedBody {
  readonly id: string;
  readonly path: string;
  readonly name: string;
  readonly division: string;
}

export interface Officer extends Person {
  readonly id: string;
}

/** What the parts of the loader hand to each other. */
export class Stage {
  readonly db: Db;
  readonly bodies = new Map<BodyKey, LoadedBody>();
  readonly actors = new Map<string, Actor>();
  readonly delegations = new Map<string, string>();
  officers: readonly Officer[] = [];
  /** The enforcement certificate that an officer holds or held last, by officer id. */
  readonly cards = new Map<string, string>();
  openExamId = '';

  constructor(
    readonly app: INestApplicationContext,
    readonly time: StoryTime,
  ) {
    this.db = app.get(Db);
  }

  body(key: BodyKey): LoadedBody {
    return found(this.bodies.get(key), key);
  }

  actor(username: string): Actor {
    return found(this.actors.get(username), username);
  }

  by(username: string): string {
    return this.actor(username).accountId;
  }

  delegation(key: string): string {
    return found(this.delegations.get(key), key);
  }

  card(officerId: string): string {
    return found(this.cards.get(officerId), 'card');
  }

  /** `recorded_at` and `recorded_by` of a fact. */
  recorded(at: number, username: string): { recorded_at: Date; recorded_by: string } {
    return { recorded_at: new Date(at), recorded_by: this.by(username) };
  }
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new Error(`the story knows no ${what}`);
  return value;
}
