import { BlockList, isIP } from 'node:net';

/** A block of addresses, `192.0.2.0/24`, or one address. */
interface Block {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  readonly prefix: number;
}

/** Undefined for what is no block; a block of everybody is none. */
function readBlock(text: string): Block | undefined {
  const [address = '', length, ...rest] = text.split('/');
  const version = isIP(address);
  if (version === 0 || address.includes('%') || rest.length > 0) return undefined;
  const longest = version === 4 ? 32 : 128;
  if (!/^[1-9]\d{0,2}$/.test(length ?? String(longest))) return undefined;
  const prefix = Number(length ?? longest);
  return prefix <= longest ? { address, family: version === 4 ? 'ipv4' : 'ipv6', prefix } : undefined;
}

export const isAddressBlock = (text: string): boolean => readBlock(text) !== undefined;

/** Whether an address lies in one of the blocks; one that nobody knows lies in none. */
export function isFromAddress(blocks: readonly string[], address: string | undefined): boolean {
  const version = isIP(address ?? '');
  if (address === undefined || version === 0) return false;
  return listOf(blocks).check(address, version === 4 ? 'ipv4' : 'ipv6');
}

/** Whether all of some blocks lie within others. A block lies within another when it is no larger and begins there. */
export function areWithin(inner: readonly string[], outer: readonly string[]): boolean {
  return inner.every((text) => {
    const block = readBlock(text);
    return (
      block &&
      outer.some((one) => {
        const around = readBlock(one);
        return around?.family === block.family && around.prefix <= block.prefix && isFromAddress([one], block.address);
      })
    );
  });
}

function listOf(blocks: readonly string[]): BlockList {
  const list = new BlockList();
  for (const text of blocks) {
    const block = readBlock(text);
    if (block) list.addSubnet(block.address, block.prefix, block.family);
  }
  return list;
}
