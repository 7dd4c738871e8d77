/**
 * A share in words: 0.517 → "52 %".
 *
 * @param share - 0 … 1, usually.
 * @param digits - After the point, 0 … 100; halves are rounded up.
 */
export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;
