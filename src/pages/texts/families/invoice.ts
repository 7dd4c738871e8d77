import { pick } from "../../../base/random.ts";
import type { Slots } from "../../family.ts";
import { remarks } from "../remark.ts";
import type { TextFamily } from "../text-family.ts";

/** Amounts in cents, so that nothing is lost in rounding. */
function amounts(s: Slots): Record<"goods" | "discount" | "delivery" | "total", string> {
  const goods = Number(s("count")) * Math.round(100 * Number(s("price")));
  const discount = Math.round((goods * Number(s("rate"))) / 100);
  const delivery = Math.round(100 * Number(s("delivery")));
  const shown = (cents: number): string => (cents / 100).toFixed(2);
  return {
    goods: shown(goods),
    discount: shown(discount),
    delivery: shown(delivery),
    total: shown(goods - discount + delivery),
  };
}

export const invoice: TextFamily = {
  name: "invoice",
  words: ["invoice", "discount", "bill for"],
  slots: {
    title: ["Invoice", "Bill", "Statement", "Your order"],
    item: ["notebooks", "chairs", "lamps", "plants", "batteries", "mugs"],
    count: ["3", "4", "6", "8", "12", "15"],
    price: ["2.50", "4.20", "7.25", "12.50", "18.00"],
    rate: ["5", "10", "20", "25"],
    delivery: ["3.90", "5.50", "9.00"],
  },
  intro: [
    "Write an invoice with the heading “{title}”.",
    "Make out a bill; its first line is “{title}”.",
    "Draw up “{title}”, an invoice in plain text.",
  ],
  requirements: [
    [
      "It is for {count} {item} at {price} each.",
      "Somebody bought {count} {item} for {price} apiece.",
      "{count} {item} were sold at {price} each.",
    ],
    [
      "On the goods there is a discount of {rate} percent, shown on a line like “Discount: 1.00”.",
      "Take {rate} percent off the goods and show it as “Discount: 1.00”.",
      "A line “Discount: 1.00” gives what {rate} percent of the goods come to.",
    ],
    [
      "Delivery costs {delivery} and has a line of its own, “Delivery: 1.00”.",
      "Add {delivery} for delivery, as a line in the form “Delivery: 1.00”.",
      "A line like “Delivery: 1.00” adds the {delivery} that delivery costs.",
    ],
    [
      "Before that, a line “Goods: 1.00” says what the goods cost together.",
      "Show the price of all goods together as “Goods: 1.00”, ahead of what is taken off and added.",
      "The sum of the goods comes first, as “Goods: 1.00”.",
    ],
    [
      "The last line is the sum to pay: “Total: 1.00”.",
      "Close with what is to be paid, in the form “Total: 1.00”.",
      "End with a line like “Total: 1.00”, the sum to pay.",
    ],
  ],
  write: (s, random) => {
    const { goods, discount, delivery, total } = amounts(s);
    const mark = pick(random, ["", "- ", "* "]);
    return [
      s("title"),
      ...remarks(random),
      "",
      pick(random, [
        `${s("count")} ${s("item")} at ${s("price")} each`,
        `${s("count")} ${s("item")}, ${s("price")} apiece`,
        `For ${s("count")} ${s("item")} at ${s("price")}:`,
      ]),
      `${mark}Goods: ${goods}`,
      `${mark}Discount: ${discount}`,
      `${mark}Delivery: ${delivery}`,
      "",
      `Total: ${total}`,
    ];
  },
  checks: (s) => {
    const { goods, discount, delivery, total } = amounts(s);
    return [
      { name: "has its heading", expect: { first: s("title") } },
      { name: "says what was bought", expect: { see: `${s("count")} ${s("item")}` } },
      { name: "adds up the goods", expect: { line: `Goods: ${goods}` } },
      { name: "takes the discount off", expect: { line: `Discount: ${discount}` } },
      { name: "adds delivery", expect: { line: `Delivery: ${delivery}` } },
      { name: "comes to the right sum", expect: { last: `Total: ${total}` } },
    ];
  },
};
