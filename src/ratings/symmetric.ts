/** A symmetric positive definite matrix, factored once (Cholesky) and solved with often. Row-major, n × n. */
export class Factored {
  readonly n: number;
  readonly #lower: Float64Array;

  /**
   * @param matrix - Symmetric, only its lower triangle is read.
   * @throws RangeError if it is not positive definite.
   */
  constructor(matrix: Float64Array, n: number) {
    this.n = n;
    const lower = Float64Array.from(matrix);
    for (let i = 0; i < n; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = lower[i * n + j] as number;
        for (let k = 0; k < j; k++) sum -= (lower[i * n + k] as number) * (lower[j * n + k] as number);
        if (i !== j) lower[i * n + j] = sum / (lower[j * n + j] as number);
        else if (sum > 0) lower[i * n + i] = Math.sqrt(sum);
        else throw new RangeError(`not positive definite: pivot ${i} is ${sum}`);
      }
    }
    this.#lower = lower;
  }

  /** x with matrix · x = right; `right` has n entries and is not changed. */
  solve(right: Float64Array): Float64Array {
    const { n } = this;
    const lower = this.#lower;
    const x = Float64Array.from(right);
    for (let i = 0; i < n; i++) {
      let sum = x[i] as number;
      for (let k = 0; k < i; k++) sum -= (lower[i * n + k] as number) * (x[k] as number);
      x[i] = sum / (lower[i * n + i] as number);
    }
    for (let i = n - 1; i >= 0; i--) {
      let sum = x[i] as number;
      for (let k = i + 1; k < n; k++) sum -= (lower[k * n + i] as number) * (x[k] as number);
      x[i] = sum / (lower[i * n + i] as number);
    }
    return x;
  }
}
