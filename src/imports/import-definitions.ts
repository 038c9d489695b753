import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Importable } from '../infrastructure/discovery/marks.js';
import type { Actor } from '../kernel/actor.js';
import type { ImportDefinition } from '../kernel/import-definition.js';
import { Problem } from '../kernel/problem.js';

/** What can be filled by file, found in the running application: this room imports none of the rooms that it fills. */
@Injectable()
export class ImportDefinitions implements OnApplicationBootstrap {
  private readonly byKind = new Map<string, ImportDefinition>();

  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws Error when two definitions have one kind, or one definition two columns of a field. */
  onApplicationBootstrap(): void {
    for (const { instance } of this.discovery.getProviders({ metadataKey: Importable.KEY })) {
      const definition = instance as ImportDefinition;
      if (this.byKind.has(definition.kind)) throw new Error(`two import definitions are named ${definition.kind}`);
      const fields = definition.columns.map(({ field }) => field);
      if (new Set(fields).size !== fields.length) throw new Error(`${definition.kind} has two columns of one field`);
      this.byKind.set(definition.kind, definition);
    }
  }

  find(kind: string): ImportDefinition | null {
    return this.byKind.get(kind) ?? null;
  }

  /** Of a stored import. @throws Error when this release no longer knows the kind. */
  of(kind: string): ImportDefinition {
    const found = this.byKind.get(kind);
    if (!found) throw new Error(`no definition of the import kind ${kind}`);
    return found;
  }

  kindsOf(actor: Actor): readonly string[] {
    return [...this.byKind.values()]
      .filter(({ permission }) => actor.permissions.has(permission))
      .map(({ kind }) => kind);
  }

  /** @throws Problem 403 */
  refuseWithoutRight(actor: Actor, definition: ImportDefinition): void {
    if (actor.permissions.has(definition.permission)) return;
    throw new Problem('forbidden', 'PERMISSION_MISSING', `Your roles lack the permission ${definition.permission}.`);
  }
}
