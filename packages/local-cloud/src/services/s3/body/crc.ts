/** CRC-32C (Castagnoli, RFC 3720 appendix B.4), reflected, over many pieces. */
export class Crc32c {
  #register = 0xffffffff;

  update(bytes: Uint8Array): void {
    let register = this.#register;
    for (const byte of bytes) register = (TABLE_32C[(register ^ byte) & 0xff] ?? 0) ^ (register >>> 8);
    this.#register = register;
  }

  digest(): Buffer {
    const digest = Buffer.alloc(4);
    digest.writeUInt32BE(~this.#register >>> 0);
    return digest;
  }
}

/** CRC-64/NVME (NVM Express, "64b CRC polynomial"), reflected, as two halves because numbers have 53 bits. */
export class Crc64Nvme {
  #high = 0xffffffff;
  #low = 0xffffffff;

  update(bytes: Uint8Array): void {
    let high = this.#high;
    let low = this.#low;
    for (const byte of bytes) {
      const index = (low ^ byte) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (TABLE_64.low[index] ?? 0);
      high = (high >>> 8) ^ (TABLE_64.high[index] ?? 0);
    }
    this.#high = high;
    this.#low = low;
  }

  digest(): Buffer {
    const digest = Buffer.alloc(8);
    digest.writeUInt32BE(~this.#high >>> 0, 0);
    digest.writeUInt32BE(~this.#low >>> 0, 4);
    return digest;
  }
}

const TABLE_32C = Uint32Array.from({ length: 256 }, (_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 1 ? 0x82f63b78 ^ (remainder >>> 1) : remainder >>> 1;
  return remainder >>> 0;
});

const TABLE_64 = table64(0x9a6c9329ac4bc9b5n);

function table64(polynomial: bigint): { readonly high: Uint32Array; readonly low: Uint32Array } {
  const high = new Uint32Array(256);
  const low = new Uint32Array(256);
  for (let byte = 0; byte < 256; byte++) {
    let remainder = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) remainder = remainder & 1n ? polynomial ^ (remainder >> 1n) : remainder >> 1n;
    high[byte] = Number(remainder >> 32n);
    low[byte] = Number(remainder & 0xffffffffn);
  }
  return { high, low };
}
