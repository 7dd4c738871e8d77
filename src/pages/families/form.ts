import { click, type } from "../checks.ts";
import { jsString } from "../dialect.ts";
import type { Family } from "../family.ts";

export const form: Family = {
  name: "form",
  words: ["form", "sign up", "signup", "registration", "validation", "newsletter"],
  slots: {
    title: ["Join the club", "Create an account", "Newsletter", "Book a place", "Membership"],
    name: ["Your name", "Full name", "Nickname", "Display name"],
    mail: ["E-mail", "Email address", "Mail", "Contact address"],
    secret: ["Password", "Passphrase", "Secret word", "Access code"],
    length: ["8", "6", "10", "12"],
    send: ["Sign up", "Send", "Register me", "Submit"],
    success: ["Welcome", "Thank you", "You are in", "See you soon"],
  },
  intro: [
    "Build a sign-up form with the heading “{title}”.",
    "Create a page “{title}” with a form that checks its input.",
    "Please write a registration form titled “{title}”.",
  ],
  requirements: [
    [
      "The first field is “{name}”; if it is blank the message “{name} is missing” appears.",
      "It has a field “{name}” that must not be blank, otherwise say “{name} is missing”.",
      "A required field “{name}” leads to “{name} is missing” when left out.",
    ],
    [
      "A field “{mail}” must look like an address with @ and a dot after it, else show “{mail} is not valid”.",
      "Check that “{mail}” contains an @ followed by a dot, or say “{mail} is not valid”.",
      "The field “{mail}” gets the message “{mail} is not valid” unless it is like name@example.org.",
    ],
    [
      "A field “{secret}” needs at least {length} characters, else show “{secret} is too short”.",
      "With fewer than {length} characters in “{secret}” show “{secret} is too short”.",
      "“{secret}” must have {length} or more characters; otherwise “{secret} is too short” is displayed.",
    ],
    [
      "The button “{send}” shows “{success}, ” and the name if everything is right.",
      "When all is fine “{send}” leads to “{success}, ” followed by the name.",
      "Pressing “{send}” with good input displays “{success}, ” plus the given name.",
    ],
  ],
  page: (s, d) => ({
    title: s("title"),
    css: ".problem {\n  color: firebrick;\n}",
    body: [
      d.field("person", s("name"), "text"),
      d.field("mail", s("mail"), "text"),
      d.field("secret", s("secret"), "password"),
      d.button("send", s("send")),
      `<p id="${d.id("problem")}" class="problem" role="alert"></p>`,
      d.output("success", ""),
    ].join("\n"),
    script: [
      `function check(person, mail, secret) {
if (person === "") return ${jsString(`${s("name")} is missing`)};
if (!/^[^@ ]+@[^@ ]+\\.[^@ ]+$/.test(mail)) return ${jsString(`${s("mail")} is not valid`)};
if (secret.length < ${s("length")}) return ${jsString(`${s("secret")} is too short`)};
return "";
}`,
      d.on(
        "send",
        "click",
        `const person = ${d.get("person")}.value.trim();
const problem = check(person, ${d.get("mail")}.value.trim(), ${d.get("secret")}.value);
${d.get("problem")}.textContent = problem;
${d.get("success")}.textContent = problem === "" ? ${jsString(`${s("success")}, `)} + person : "";`,
      ),
    ].join("\n"),
  }),
  checks: (s) => {
    const fill = (name: string, mail: string, secret: string) => [
      type(s("name"), name),
      type(s("mail"), mail),
      type(s("secret"), secret),
      click(s("send")),
    ];
    const long = "x".repeat(Number(s("length")));
    return [
      { name: "accepts", steps: fill("Ada", "ada@example.org", long), expect: { see: `${s("success")}, Ada` } },
      { name: "needs a name", steps: fill(" ", "ada@example.org", long), expect: { see: `${s("name")} is missing` } },
      {
        name: "needs an address",
        steps: fill("Ada", "ada.example", long),
        expect: { see: `${s("mail")} is not valid` },
      },
      {
        name: "needs a long secret",
        steps: fill("Ada", "ada@example.org", long.slice(1)),
        expect: { see: `${s("secret")} is too short` },
      },
      { name: "does not welcome the wrong", steps: fill("Ada", "ada", long), expect: { miss: `${s("success")}, Ada` } },
    ];
  },
};
