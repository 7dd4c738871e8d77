#!/usr/bin/env python3
"""A whole brain for `colosseum miner start --brain "exec:python3 examples/brains/agent.py"`.

One JSON object comes on standard input, one goes to standard output; logs go to standard error.
It answers both questions: `generate` (make files for a prompt) and `judge` (which of two outputs is better).
Only the standard library is used.
"""

import html
import json
import re
import sys


def generate(request):
    """A page that has what the prompt puts into quotation marks: the first phrase as heading, the rest as buttons;
    of a text its lines."""
    phrases = re.findall(r"[“\"]([^“”\"\n]{1,80})[”\"]", request["prompt"])
    if request["taskType"] == "text":
        return {"files": [{"name": "answer.txt", "content": "\n".join(dict.fromkeys(phrases)) + "\n"}]}
    title = html.escape(phrases[0] if phrases else "Page")
    buttons = "\n".join(
        f'<button type="button" data-name="{html.escape(phrase)}">{html.escape(phrase)}</button>'
        for phrase in dict.fromkeys(phrases[1:9])
    )
    page = f"""<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>{title}</title></head>
<body>
<main>
<h1>{title}</h1>
{buttons}
<p id="said" aria-live="polite"></p>
</main>
<script>
for (const button of document.querySelectorAll("button")) {{
  button.addEventListener("click", () => {{
    document.getElementById("said").textContent = button.dataset.name;
  }});
}}
</script>
</body>
</html>
"""
    return {"files": [{"name": "index.html", "content": page}]}


def score(prompt, files):
    """How much of what the prompt names is there, and whether the page ends as pages do."""
    text = "\n".join(file["content"] for file in files)
    phrases = re.findall(r"[“\"]([^“”\"\n]{1,80})[”\"]", prompt)
    found = sum(phrase.lower() in text.lower() for phrase in phrases)
    handlers = len(re.findall(r"addEventListener|onclick", text))
    complete = "</html>" in text.lower()
    return 2 * found + min(handlers, 10) + (5 if complete else 0)


def judge(request):
    """The output with the higher score; a tie is an abstention, never a coin."""
    by_label = {output["label"]: score(request["prompt"], output["files"]) for output in request["outputs"]}
    lead = by_label["A"] - by_label["B"]
    if lead == 0:
        return {"choice": "abstain", "confidence": 0, "reason": "both have the same"}
    choice = "A" if lead > 0 else "B"
    return {"choice": choice, "confidence": min(1, abs(lead) / 10), "reason": f"{choice} has more of what was asked"}


def main():
    request = json.load(sys.stdin)
    print(f"{request['do']}, {request['timeLeftMs'] // 1000} s left", file=sys.stderr)
    json.dump({"generate": generate, "judge": judge}[request["do"]](request), sys.stdout)


if __name__ == "__main__":
    main()
