import { Injectable } from '@nestjs/common';
import { AuditTrail } from '../../audit/index.js';
import { PersonalData } from '../../infrastructure/crypto/personal-data.js';
import { Db } from '../../infrastructure/database/db.js';
import { UnitOfWork } from '../../infrastructure/database/unit-of-work.js';
import type { Actor } from '../../kernel/actor.js';
import { Clock } from '../../kernel/clock.js';
import { Problem } from '../../kernel/problem.js';
import type { MailAddressView, MailView } from './mail.view.js';
import { MailQueries } from './mails.queries.js';

/** Where a stored address is bound to. */
export const addressPlace = (accountId: string): string => `account_mail_addresses.address.${accountId}`;

const masked = (address: string): string => address.replace(/^(.).*(@.*)$/, '$1***$2');

/** What an administrator does about mails: where they go, and one that may be lost once more. */
@Injectable()
export class ChangeMail {
  constructor(
    private readonly db: Db,
    private readonly uow: UnitOfWork,
    private readonly clock: Clock,
    private readonly crypto: PersonalData,
    private readonly queries: MailQueries,
    private readonly audit: AuditTrail,
  ) {}

  /** What came before the address was entered is not mailed. @throws Problem 404 */
  setAddress(actor: Actor, accountId: string, address: string | undefined): Promise<MailAddressView> {
    return this.uow.run(async () => {
      await this.queries.address(actor, accountId);
      await this.db.row('SELECT id FROM accounts WHERE id = ? FOR UPDATE', [accountId]);
      await this.db.execute('DELETE FROM account_mail_addresses WHERE account_id = ?', [accountId]);
      if (address !== undefined) {
        await this.db.insert('account_mail_addresses', {
          account_id: accountId,
          address_cipher: this.crypto.encrypt(address, addressPlace(accountId)),
          address_masked: masked(address),
          since: new Date(await this.clock.now()),
        });
      }
      this.audit.record(
        actor,
        'account.mail-address',
        { type: 'account', id: accountId },
        { after: { address: address === undefined ? null : 'set' } },
      );
      return this.queries.address(actor, accountId);
    });
  }

  /** For a mail of which nobody knows whether it arrived, or that was given up. @throws Problem 404, 409 */
  resend(actor: Actor, id: string): Promise<MailView> {
    return this.uow.run(async () => {
      const mail = await this.queries.one(actor, id);
      await this.db.updateOne(
        `UPDATE mails SET state = 'WAITING', attempts = 0, next_at = ? WHERE id = ? AND state IN ('UNCERTAIN','DEAD')`,
        [new Date(await this.clock.now()), id],
        () => {
          throw new Problem('conflict', 'MAIL_STATE', 'Only a mail that is UNCERTAIN or DEAD is sent again.', {
            extensions: { state: mail.state },
          });
        },
      );
      this.audit.record(actor, 'mail.resend', { type: 'mail', id }, { before: { state: mail.state } });
      return this.queries.one(actor, id);
    });
  }
}
