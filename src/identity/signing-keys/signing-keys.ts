import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { sha256 } from '../../infrastructure/crypto/canonical.js';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { Db } from '../../infrastructure/database/db.js';
import { isDuplicateOf, UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import { Settings } from '../../infrastructure/settings/settings.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem, notFound } from '../../kernel/problem.js';
import { legalDateOf } from '../../rules/calendar.js';
import { signatureScheme, type SignatureAlgorithm } from './signature-scheme.js';

export interface Signature {
  readonly keyId: string;
  readonly algorithm: SignatureAlgorithm;
  readonly value: Buffer;
}

export interface SigningKeyRow {
  readonly id: string;
  readonly algorithm: string;
  readonly public_key: string;
  readonly status: 'ACTIVE' | 'RETIRED' | 'REVOKED';
  readonly created_at: Date;
  readonly retired_at: Date | null;
  readonly revoked_at: Date | null;
  readonly version: number;
}

const COLUMNS = 'id, algorithm, public_key, status, created_at, retired_at, revoked_at, version';
const place = (id: string): string => `signing_keys.private_key.${id}`;

/**
 * The keys of the deployment that sign what is trusted without a network. One of the chosen algorithm is active; its private half lies encrypted in the
 * table and is destroyed when it is retired or revoked. What it signed before it was retired stays good; a revoked key's doesn't.
 */
@Injectable()
export class SigningKeys {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly settings: Settings,
    private readonly secrets: PersonalData,
    private readonly audit: AuditTrail,
  ) {}

  /** Newest first. */
  list(): Promise<SigningKeyRow[]> {
    return this.db.rows<SigningKeyRow>(`SELECT ${COLUMNS} FROM signing_keys ORDER BY created_at DESC, id`);
  }

  /** The id of the key that signs now; the first one is made when it is first asked for. */
  async activeId(): Promise<string> {
    const found = await this.active();
    if (found) return found.id;
    try {
      return await this.uow.run(() => this.create(null));
    } catch (error) {
      if (!isDuplicateOf(error, 'uq_signing_keys_active')) throw error;
      return this.activeId();
    }
  }

  /** @throws Error when the key is no longer the active one: ask for it again and sign what names the new one */
  async sign(keyId: string, message: Buffer): Promise<Signature> {
    const row = await this.db.row<{ algorithm: string; private_key_cipher: string | null }>(
      `SELECT algorithm, private_key_cipher FROM signing_keys WHERE id = ? AND status = 'ACTIVE'`,
      [keyId],
    );
    if (!row?.private_key_cipher) throw new Error('the signing key is not active');
    const privateKey = this.secrets.decrypt(row.private_key_cipher, place(keyId));
    const scheme = signatureScheme(row.algorithm);
    return { keyId, algorithm: scheme.algorithm, value: scheme.sign(privateKey, message) };
  }

  /** Retires what is active, of an algorithm that was left too, and makes another key. Gives the new one's id. */
  rotate(actor: Actor): Promise<string> {
    return this.uow.run(async () => {
      const active = await this.db.rows<SigningKeyRow>(
        `SELECT ${COLUMNS} FROM signing_keys WHERE active_slot IS NOT NULL ORDER BY id FOR UPDATE`,
      );
      for (const row of active) await this.end(row, 'RETIRED');
      const id = await this.create(actor);
      this.audit.record(
        actor,
        'signing-key.rotate',
        { type: 'signing-key', id },
        { before: { keyIds: active.map((row) => row.id) }, after: { keyId: id } },
      );
      return id;
    });
  }

  /** Takes the trust out of everything that a key ever signed. @throws Problem 404, 409 when it is revoked already */
  revoke(actor: Actor, id: string): Promise<void> {
    return this.uow.run(async () => {
      const row = await this.db.row<SigningKeyRow>(`SELECT ${COLUMNS} FROM signing_keys WHERE id = ? FOR UPDATE`, [id]);
      if (!row) throw notFound('signing key');
      if (row.status === 'REVOKED')
        throw new Problem('conflict', 'SIGNING_KEY_STATE', 'This key is revoked already.', {
          extensions: { state: row.status },
        });
      await this.end(row, 'REVOKED');
      this.audit.record(
        actor,
        'signing-key.revoke',
        { type: 'signing-key', id },
        { before: { status: row.status }, after: { status: 'REVOKED' } },
      );
    });
  }

  /** Within an open unit: nobody rotates while what names the key is put together. */
  async lockActiveId(): Promise<string> {
    await this.activeId();
    const row = await this.lockActive();
    if (!row) throw new Error('there is no active signing key');
    return row.id;
  }

  private async algorithm(): Promise<SignatureAlgorithm> {
    const today = legalDateOf(await this.clock.now()) ?? '';
    return signatureScheme(await this.settings.text(today, 'signing.algorithm')).algorithm;
  }

  private async active(): Promise<SigningKeyRow | null> {
    return this.db.row<SigningKeyRow>(`SELECT ${COLUMNS} FROM signing_keys WHERE active_slot = ?`, [
      await this.algorithm(),
    ]);
  }

  private async lockActive(): Promise<SigningKeyRow | null> {
    return this.db.row<SigningKeyRow>(`SELECT ${COLUMNS} FROM signing_keys WHERE active_slot = ? FOR UPDATE`, [
      await this.algorithm(),
    ]);
  }

  private async create(actor: Actor | null): Promise<string> {
    const { algorithm, ...scheme } = signatureScheme(await this.algorithm());
    const { publicKey, privateKey } = scheme.generate();
    const id = sha256(publicKey).slice(0, 16);
    await this.db.insert('signing_keys', {
      id,
      algorithm,
      public_key: publicKey.toString('base64url'),
      private_key_cipher: this.secrets.encrypt(privateKey, place(id)),
      status: 'ACTIVE',
      active_slot: algorithm,
      created_at: new Date(await this.clock.now()),
    });
    if (!actor) this.audit.record(null, 'signing-key.create', { type: 'signing-key', id }, { after: { keyId: id } });
    return id;
  }

  private async end({ id, status }: SigningKeyRow, to: 'RETIRED' | 'REVOKED'): Promise<void> {
    const now = new Date(await this.clock.now());
    const column = to === 'RETIRED' ? 'retired_at' : 'revoked_at';
    await this.db.updateOne(
      `UPDATE signing_keys SET status = ?, active_slot = NULL, private_key_cipher = NULL, ${column} = ?, version = version + 1
       WHERE id = ? AND status = ?`,
      [to, now, id, status],
      () => {
        throw new Error('a locked signing key changed its status');
      },
    );
  }
}
