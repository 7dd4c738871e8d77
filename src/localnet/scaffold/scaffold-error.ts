/** A scaffold that cannot be carried out, with the place in its file. */
export class ScaffoldError extends Error {
  override readonly name = "ScaffoldError";

  /** @param where - A path such as `$.subnets[0].owner`. */
  constructor(where: string, what: string) {
    super(`${where} ${what}`);
  }
}
