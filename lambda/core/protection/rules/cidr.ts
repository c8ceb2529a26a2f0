import { isIP } from 'node:net';
import { problem } from '../../kernel/problems.ts';
import { addressHex } from '../../request/edge-rules.ts';

/** A block of addresses that holds: nothing is set behind its prefix. IPv4 in IPv6's clothes is IPv4. */
export interface Cidr {
  readonly family: 4 | 6;
  /** Network address, 8 or 32 hexadecimal digits. */
  readonly hex: string;
  /** 1 to 32 or 128. */
  readonly prefix: number;
}

const MAPPED_BITS = 96;

/**
 * Reads a block or a single address.
 * @throws rule.invalid naming what is wrong; /0 is refused because AWS WAF takes none ("IPSet") and because it means
 *   everybody
 */
export function parseCidr(text: string): Cidr {
  const [address = '', length, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length ?? '1')) {
    throw invalid(text, 'is no address or CIDR block, such as 192.0.2.0/24 or 2001:db8::/32');
  }
  const written = length === undefined ? (family === 4 ? 32 : 128) : Number(length);
  if (written < 1 || written > (family === 4 ? 32 : 128)) {
    throw invalid(text, `needs a prefix length from 1 to ${family === 4 ? 32 : 128}`);
  }
  const digits = addressHex(withoutDots(address));
  const mapped = family === 6 && digits.startsWith('4');
  if (mapped && written <= MAPPED_BITS) throw invalid(text, 'holds all IPv4 addresses; write IPv4 blocks as IPv4');
  const cidr: Cidr = {
    family: digits.startsWith('4') ? 4 : 6,
    hex: digits.slice(1),
    prefix: mapped ? written - MAPPED_BITS : written,
  };
  const network = { ...cidr, hex: maskHex(cidr) };
  if (network.hex !== cidr.hex) throw invalid(text, `has bits behind its prefix; did you mean ${formatCidr(network)}`);
  return network;
}

/** The form that AWS WAF takes; IPv6 as RFC 5952 writes it. */
export function formatCidr({ family, hex, prefix }: Cidr): string {
  if (family === 4) return `${(hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16)).join('.')}/${prefix}`;
  const { hostname } = new URL(`http://[${(hex.match(/.{4}/g) ?? []).join(':')}]`);
  return `${hostname.slice(1, -1)}/${prefix}`;
}

/** The block as edge-rules.ts compares it with an address: first digits, or those of its first and last address. */
export function blockText({ family, hex, prefix }: Cidr): string {
  const digits = `${family}${hex.slice(0, Math.ceil(prefix / 4))}`;
  const free = (4 - (prefix % 4)) % 4;
  if (free === 0) return digits;
  return `${digits}-${digits.slice(0, -1)}${(Number.parseInt(digits.slice(-1), 16) + 2 ** free - 1).toString(16)}`;
}

/** IPv6 that ends in an IPv4 address, in groups throughout. */
function withoutDots(address: string): string {
  return address.includes(':') ? new URL(`http://[${address}]`).hostname.slice(1, -1) : address;
}

function maskHex({ hex, prefix }: Cidr): string {
  const bits = [...hex].map((digit) => Number.parseInt(digit, 16).toString(2).padStart(4, '0')).join('');
  const masked = bits.slice(0, prefix).padEnd(bits.length, '0');
  return (masked.match(/.{4}/g) ?? []).map((nibble) => Number.parseInt(nibble, 2).toString(16)).join('');
}

function invalid(text: string, why: string) {
  return problem('rule.invalid', `"${text.slice(0, 60)}" ${why}.`);
}
