/**
 * An axon's address as a URL, from the chain's number form.
 *
 * @param ip - As the chain keeps it: one integer; 0 where nothing was served.
 * @returns `http://203.0.113.7:8091`, `http://[2001:db8::1]:8091`, or null where no port was served.
 */
export function axonUrl(axon: { readonly ip: bigint; readonly port: number; readonly ipType: number }): string | null {
  if (axon.port === 0 || axon.ip === 0n) return null;
  return axon.ipType === 6 ? `http://[${ipv6Text(axon.ip)}]:${axon.port}` : `http://${ipv4Text(axon.ip)}:${axon.port}`;
}

const ipv4Text = (ip: bigint): string => [24n, 16n, 8n, 0n].map((shift) => String((ip >> shift) & 0xffn)).join(".");

/** RFC 5952: lower case, no leading zeros, the longest run of zero groups (two at least) as `::`. */
function ipv6Text(ip: bigint): string {
  const groups = Array.from({ length: 8 }, (_, i) => ((ip >> BigInt(112 - 16 * i)) & 0xffffn).toString(16));
  let best = { start: -1, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === "0") length++;
    if (length > best.length) best = { start, length };
  }
  if (best.start < 0) return groups.join(":");
  return `${groups.slice(0, best.start).join(":")}::${groups.slice(best.start + best.length).join(":")}`;
}

/** An address as the chain keeps it. */
export interface IpNumber {
  readonly ip: bigint;
  readonly ipType: 4 | 6;
}

/** Reads an IPv4 or IPv6 address; undefined where the text is neither. */
export function parseIp(text: string): IpNumber | undefined {
  const v4 = parseIpv4(text);
  if (v4 !== undefined) return { ip: v4, ipType: 4 };
  const v6 = parseIpv6(text.replace(/^\[(.*)\]$/, "$1"));
  return v6 === undefined ? undefined : { ip: v6, ipType: 6 };
}

function parseIpv4(text: string): bigint | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1);
  if (parts === undefined || parts.some((part) => Number(part) > 255 || String(Number(part)) !== part))
    return undefined;
  return parts.reduce((sum, part) => sum * 256n + BigInt(part), 0n);
}

function parseIpv6(text: string): bigint | undefined {
  if (!/^[0-9a-f:]{2,39}$/i.test(text)) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 1 ? missing !== 0 : missing < 1) return undefined;
  const groups = [...head, ...Array.from({ length: Math.max(0, missing) }, () => "0"), ...tail];
  if (groups.some((group) => !/^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return groups.reduce((sum, group) => sum * 65_536n + BigInt(`0x${group}`), 0n);
}
