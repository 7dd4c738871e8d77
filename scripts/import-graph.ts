// Which files a test file reaches through its imports.
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";

/**
 * Follows static imports of values; what a command loads only when it runs is left out.
 *
 * @returns For a file of the repository, every file it reaches, itself included; all paths relative to `root`.
 */
export function importGraph(root: string): (file: string) => ReadonlySet<string> {
  const direct = new Map<string, readonly string[]>();
  const importsOf = (file: string): readonly string[] => {
    const known = direct.get(file);
    if (known !== undefined) return known;
    const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.Latest);
    const found = source.statements.flatMap((statement) => {
      if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
      const typesOnly = ts.isImportDeclaration(statement)
        ? statement.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : statement.isTypeOnly;
      const from = statement.moduleSpecifier;
      if (typesOnly || from === undefined || !ts.isStringLiteral(from) || !/^\..*\.tsx?$/.test(from.text)) return [];
      const path = join(dirname(file), from.text);
      return existsSync(join(root, path)) ? [relative(root, join(root, path))] : [];
    });
    direct.set(file, found);
    return found;
  };
  return (file) => {
    const reached = new Set([file]);
    for (const each of reached) for (const next of importsOf(each)) reached.add(next);
    return reached;
  };
}
