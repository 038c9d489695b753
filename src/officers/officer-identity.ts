import { Injectable } from '@nestjs/common';
import { PersonalData } from '../infrastructure/crypto/personal-data.js';
import { maskIdNumber, maskPhone, normaliseIdNumber } from '../rules/codes/id-number.js';

/** The columns of an officer that hold an ID number. */
export interface SealedIdNumber {
  readonly id_number_cipher: string;
  readonly id_number_index: string;
  readonly id_number_masked: string;
}

export interface SealedPhone {
  readonly phone_cipher: string | null;
  readonly phone_masked: string | null;
}

/** How ID and phone numbers are kept: encrypted for this very row, masked for people, the ID number with a blind index. BR-127. */
@Injectable()
export class OfficerIdentity {
  constructor(private readonly personalData: PersonalData) {}

  /** The blind index of an ID number, however it is typed. */
  indexOf(idNumber: string): string {
    return this.personalData.blindIndex(normaliseIdNumber(idNumber), 'officers.id_number');
  }

  sealIdNumber(officerId: string, idNumber: string): SealedIdNumber {
    const value = normaliseIdNumber(idNumber);
    return {
      id_number_cipher: this.personalData.encrypt(value, `officers.id_number.${officerId}`),
      id_number_index: this.indexOf(value),
      id_number_masked: maskIdNumber(value),
    };
  }

  openIdNumber(officerId: string, cipher: string): string {
    return this.personalData.decrypt(cipher, `officers.id_number.${officerId}`);
  }

  sealPhone(officerId: string, phone: string | null | undefined): SealedPhone {
    if (phone === null || phone === undefined || phone === '') return { phone_cipher: null, phone_masked: null };
    return {
      phone_cipher: this.personalData.encrypt(phone, `officers.phone.${officerId}`),
      phone_masked: maskPhone(phone),
    };
  }

  openPhone(officerId: string, cipher: string): string {
    return this.personalData.decrypt(cipher, `officers.phone.${officerId}`);
  }
}
