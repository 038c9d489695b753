import { createHash } from 'node:crypto';

/**
 * A second implementation of verifying SM2 signatures, written from GB/T 32918.2 and .5 with whole numbers and node:crypto's SM3;
 * it shares nothing with the library that signs.
 */
const P = 0xfffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffffn;
const A = P - 3n;
const B = 0x28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93n;
const N = 0xfffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123n;
const GX = 0x32c4ae2c1f1981195f9904466a39c9948fe30bbff2660be1715a4589334c74c7n;
const GY = 0xbc3736a2f4f6779c59bdcee36b692153d0a9877cc62a474002df32e52139f0a0n;
const USER = '1234567812345678';

/** Jacobian coordinates; z = 0 is the point at infinity. */
interface Point {
  readonly x: bigint;
  readonly y: bigint;
  readonly z: bigint;
}
const INFINITY: Point = { x: 1n, y: 1n, z: 0n };
const mod = (n: bigint): bigint => ((n % P) + P) % P;

function twice({ x, y, z }: Point): Point {
  if (z === 0n || y === 0n) return INFINITY;
  const yy = mod(y * y);
  const s = mod(4n * x * yy);
  const zz = mod(z * z);
  const m = mod(3n * x * x + A * zz * zz);
  const x3 = mod(m * m - 2n * s);
  return { x: x3, y: mod(m * (s - x3) - 8n * yy * yy), z: mod(2n * y * z) };
}

function sum(a: Point, b: Point): Point {
  if (a.z === 0n) return b;
  if (b.z === 0n) return a;
  const [az, bz] = [mod(a.z * a.z), mod(b.z * b.z)];
  const [u1, u2] = [mod(a.x * bz), mod(b.x * az)];
  const [s1, s2] = [mod(a.y * bz * b.z), mod(b.y * az * a.z)];
  if (u1 === u2) return s1 === s2 ? twice(a) : INFINITY;
  const [h, r] = [mod(u2 - u1), mod(s2 - s1)];
  const hh = mod(h * h);
  const hhh = mod(h * hh);
  const v = mod(u1 * hh);
  const x = mod(r * r - hhh - 2n * v);
  return { x, y: mod(r * (v - x) - s1 * hhh), z: mod(h * a.z * b.z) };
}

/** s·G + t·Q in one pass over the bits of both. */
function combined(s: bigint, t: bigint, q: Point): Point {
  const g: Point = { x: GX, y: GY, z: 1n };
  const both = sum(g, q);
  let point = INFINITY;
  for (let bit = 255n; bit >= 0n; bit -= 1n) {
    point = twice(point);
    const [inS, inT] = [(s >> bit) & 1n, (t >> bit) & 1n];
    if (inS === 1n) point = sum(point, inT === 1n ? both : g);
    else if (inT === 1n) point = sum(point, q);
  }
  return point;
}

function inverse(n: bigint): bigint {
  let [result, base, left] = [1n, mod(n), P - 2n];
  for (; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = mod(result * base);
    base = mod(base * base);
  }
  return result;
}

const numberOf = (bytes: Buffer): bigint => BigInt(`0x${bytes.toString('hex')}`);
const bytesOf = (n: bigint): Buffer => Buffer.from(n.toString(16).padStart(64, '0'), 'hex');
const sm3 = (...parts: readonly Buffer[]): Buffer => createHash('sm3').update(Buffer.concat(parts)).digest();

/** Takes a public key (04, x, y), a message and a signature (r, s). Gives whether it is good. */
export function secondSm2(publicKey: Buffer, message: Buffer, signature: Buffer): boolean {
  if (publicKey.length !== 65 || publicKey[0] !== 4 || signature.length !== 64) return false;
  const [x, y] = [numberOf(publicKey.subarray(1, 33)), numberOf(publicKey.subarray(33))];
  if (x >= P || y >= P || mod(y * y - x * x * x - A * x - B) !== 0n) return false;
  const [r, s] = [numberOf(signature.subarray(0, 32)), numberOf(signature.subarray(32))];
  if (r < 1n || r >= N || s < 1n || s >= N) return false;
  const user = Buffer.from(USER, 'latin1');
  const bits = Buffer.from([(user.length * 8) >> 8, (user.length * 8) & 0xff]);
  const about = sm3(bits, user, ...[A, B, GX, GY, x, y].map(bytesOf));
  const e = numberOf(sm3(about, message));
  const t = (r + s) % N;
  if (t === 0n) return false;
  const point = combined(s, t, { x, y, z: 1n });
  if (point.z === 0n) return false;
  const zi = inverse(point.z);
  return (e + mod(point.x * zi * zi)) % N === r;
}
