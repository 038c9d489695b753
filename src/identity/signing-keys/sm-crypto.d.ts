/** What is used of sm-crypto 0.5.8; it brings no types of its own. Points and numbers are hexadecimal. */
declare module 'sm-crypto' {
  import type { BigInteger } from 'jsbn';
  interface KeyPair {
    readonly privateKey: string;
    /** 04, x and y. */
    readonly publicKey: string;
  }
  interface Options {
    readonly hash: true;
    readonly publicKey?: string;
    readonly userId: string;
  }
  const library: {
    readonly sm2: {
      generateKeyPairHex(random: string, radix: 16): KeyPair;
      doSignature(
        message: Uint8Array,
        privateKey: string,
        options: Options & { readonly pointPool: { readonly k: BigInteger; readonly x1: BigInteger }[] },
      ): string;
      doVerifySignature(message: Uint8Array, signature: string, publicKey: string, options: Options): boolean;
    };
  };
  export default library;
}

declare module 'jsbn' {
  export class BigInteger {
    constructor(text: string, radix: 16);
    private readonly isBigInteger: true;
  }
}
