#!/bin/sh
# A brain in shell, for `colosseum miner start --brain exec:./examples/brains/agent.sh`. Needs jq.
# One JSON object comes on standard input, one goes to standard output; logs go to standard error.
set -eu
request=$(cat)
printf '%s' "$request" | jq -r .do >&2

case $(printf '%s' "$request" | jq -r .do) in
  generate)
    printf '%s' "$request" | jq '{files: [{name: "index.html", content:
      ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Page</title></head><body><main><p>"
       + (.prompt | @html) + "</p></main></body></html>\n")}]}'
    ;;
  judge)
    # The one that ends as a page should; if both or none do, no vote.
    printf '%s' "$request" | jq '
      [.outputs[] | {name: .label, whole: (.files | map(.content) | join("") | test("</html>\\s*$"; "i"))}]
      | if .[0].whole == .[1].whole then {choice: "abstain", reason: "no difference seen"}
        else {choice: (map(select(.whole))[0].name), confidence: 0.6, reason: "the other is cut off"} end'
    ;;
  *)
    echo "unknown question" >&2
    exit 2
    ;;
esac
