/**
 * Splits CSV text as RFC 4180 writes it: quoted fields with doubled quotes, commas and line ends inside them; CRLF or
 * LF; a byte order mark and blank lines are skipped. The header decides between comma, semicolon and tab.
 *
 * @param text - The whole text; a quote that never closes ends with it.
 * @returns Rows of fields as text, each with the line (from 1) on which it begins.
 */
export function parseCsv(text: string): { readonly line: number; readonly fields: readonly string[] }[] {
  const start = text.startsWith("\ufeff") ? 1 : 0;
  const header = text.slice(start, (text.indexOf("\n", start) + 1 || text.length + 1) - 1);
  const separator = [",", "\t", ";"].find((candidate) => header.includes(candidate)) ?? ",";
  const rows: { line: number; fields: string[] }[] = [];
  let fields: string[] = [];
  let field = "";
  let quoted = false;
  let line = 1;
  let rowLine = 1;
  const endRow = (): void => {
    fields.push(field);
    if (fields.length > 1 || fields[0] !== "") rows.push({ line: rowLine, fields });
    fields = [];
    field = "";
  };
  for (let i = start; i < text.length; i++) {
    const char = text[i] as string;
    if (char === "\n") line++;
    if (quoted) {
      if (char !== '"') field += char;
      else if (text[i + 1] === '"') {
        field += char;
        i++;
      } else quoted = false;
    } else if (char === '"' && field === "") quoted = true;
    else if (char === separator) {
      fields.push(field);
      field = "";
    } else if (char === "\n") {
      endRow();
      rowLine = line;
    } else if (char !== "\r" || text[i + 1] !== "\n") field += char;
  }
  if (field !== "" || fields.length > 0) endRow();
  return rows;
}
