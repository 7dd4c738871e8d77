import { Box, Text } from "ink";
import type { ReactNode } from "react";
import type { Theme } from "./theme.ts";

/** A titled block of exactly `rows` lines, cut where the terminal ends: a screen never scrolls by itself. */
export function Panel(props: {
  readonly title: string;
  readonly rows: number;
  readonly theme: Theme;
  readonly children: ReactNode;
}): ReactNode {
  return (
    <Box flexDirection="column" height={props.rows} overflow="hidden">
      <Text bold wrap="truncate" {...props.theme.palette.title}>
        {props.title}
      </Text>
      {props.children}
    </Box>
  );
}

/** A bar of `width` cells for a fraction of 1. */
export function bar(theme: Theme, fraction: number, width: number): string {
  const cells = Math.round(Math.min(1, Math.max(0, fraction)) * width);
  return theme.signs.full.repeat(cells) + theme.signs.empty.repeat(width - cells);
}
