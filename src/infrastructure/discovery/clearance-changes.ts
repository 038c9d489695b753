import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import type { ClearanceParticipant, ClearanceReduced } from '../../kernel/clearance-change.js';
import { ParticipatesInClearance } from './marks.js';

/** Announces a reduced clearance to the rooms to the right, inside the open transaction. */
@Injectable()
export class ClearanceChanges implements OnApplicationBootstrap {
  private participants: readonly ClearanceParticipant[] = [];

  constructor(private readonly discovery: DiscoveryService) {}

  onApplicationBootstrap(): void {
    this.participants = this.discovery
      .getProviders({ metadataKey: ParticipatesInClearance.KEY })
      .map(({ instance }) => instance as ClearanceParticipant);
    if (this.participants.length === 0)
      throw new Error('nobody would recall deployments: no room takes part in clearance');
  }

  async reduced(change: ClearanceReduced): Promise<void> {
    for (const participant of this.participants) await participant.onClearanceReduced(change);
  }
}
