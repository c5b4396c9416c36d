-- What must hold of the rows, always: each query returns the rows that break its sentence, on SQLite and PostgreSQL alike.

-- ---- the ledger

-- name: each transaction sums to zero in each currency
SELECT e.transaction_id, b.currency, SUM(e.amount)
FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id
GROUP BY e.transaction_id, b.currency HAVING SUM(e.amount) <> 0;

-- name: an entry of a posting stands in its book and in a transaction of its cause
SELECT e.id
FROM ledger_entry e JOIN ledger_posting p ON p.id = e.posting_id JOIN ledger_transaction t ON t.id = e.transaction_id
WHERE e.book_id <> p.book_id OR t.cause_id IS NULL OR t.cause_id <> p.cause_id;

-- name: the entries of a posting sum to the part of its amount that was not reversed, rounded
-- (amount = q × whole + r, so that nothing grows beyond 64 bits)
SELECT s.id, s.stands, s.sign * (s.q * (s.whole - s.reversed) + (2 * s.r * (s.whole - s.reversed) + s.whole) / (2 * s.whole))
FROM (
    SELECT p.id, c.whole, c.reversed,
        CASE WHEN p.amount < 0 THEN -1 ELSE 1 END AS sign,
        ABS(p.amount) / c.whole AS q,
        ABS(p.amount) - ABS(p.amount) / c.whole * c.whole AS r,
        COALESCE((SELECT SUM(e.amount) FROM ledger_entry e WHERE e.posting_id = p.id), 0) AS stands
    FROM ledger_posting p JOIN ledger_cause c ON c.id = p.cause_id
    WHERE NOT p.balancing
) s
WHERE s.stands <> s.sign * (s.q * (s.whole - s.reversed) + (2 * s.r * (s.whole - s.reversed) + s.whole) / (2 * s.whole));

-- name: what a rule entered for a cause sums to zero
SELECT p.cause_id, p.rule, SUM(e.amount)
FROM ledger_posting p JOIN ledger_entry e ON e.posting_id = p.id
GROUP BY p.cause_id, p.rule HAVING SUM(e.amount) <> 0;

-- name: the postings of a rule sum to zero, exactly one of them balancing
SELECT p.cause_id, p.rule
FROM ledger_posting p
GROUP BY p.cause_id, p.rule
HAVING SUM(p.amount) <> 0 OR SUM(CASE WHEN p.balancing THEN 1 ELSE 0 END) <> 1;

-- name: a posting is in the currency of its cause
SELECT p.id
FROM ledger_posting p JOIN ledger_cause c ON c.id = p.cause_id JOIN ledger_book b ON b.id = p.book_id
WHERE b.currency <> c.currency;

-- name: a cause was reversed by what the refunds of its order line gave back
SELECT c.id, c.reversed
FROM ledger_cause c
WHERE c.of_kind = 'order_line'
AND c.reversed <> COALESCE((SELECT SUM(l.amount) FROM orders_refundline l WHERE l.line_id = c.of_id), 0);

-- name: the cause of an order line is the whole of that line, and the line is paid
SELECT c.id
FROM ledger_cause c
LEFT JOIN orders_orderline l ON l.id = c.of_id
LEFT JOIN orders_order o ON o.id = l.order_id
WHERE c.of_kind = 'order_line'
AND (l.id IS NULL OR c.whole <> l.amount OR c.currency <> l.currency OR o.state <> 'paid');

-- name: each paid order line with money has a sale posted
SELECT l.id
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE o.state = 'paid' AND l.amount > 0 AND NOT EXISTS (
    SELECT 1 FROM ledger_cause c JOIN ledger_posting p ON p.cause_id = c.id
    WHERE c.of_kind = 'order_line' AND c.of_id = l.id AND p.rule = 'sale'
);

-- name: the book of refunds due holds the refunds that have not reached the bank
SELECT x.currency, SUM(x.amount)
FROM (
    SELECT b.currency AS currency, e.amount AS amount
    FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id
    WHERE b.owner_id IS NULL AND b.name = 'refunds due'
    UNION ALL
    SELECT r.currency, r.amount
    FROM orders_refund r JOIN payments_payback p ON p.id = r.payback_id WHERE p.state <> 'done'
) x
GROUP BY x.currency HAVING SUM(x.amount) <> 0;

-- name: the provider's book holds what was kept less what was refunded
-- (and so does the book of the hall's own bank account, less what was paid out)
SELECT x.method, x.currency, SUM(x.amount)
FROM (
    SELECT CASE b.name WHEN 'bank' THEN 'transfer' ELSE 'card' END AS method, b.currency AS currency, e.amount AS amount
    FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id
    WHERE b.owner_id IS NULL AND b.name IN ('provider', 'bank')
    UNION ALL
    SELECT c.method, p.currency, -c.amount
    FROM payments_capture c JOIN payments_payment p ON p.id = c.payment_id WHERE c.use = 'kept'
    UNION ALL
    SELECT c.method, r.currency, r.amount
    FROM orders_refund r JOIN payments_payback p ON p.id = r.payback_id JOIN payments_capture c ON c.id = p.capture_id
    WHERE p.state = 'done'
    UNION ALL
    SELECT 'transfer', y.currency, y.amount FROM credit_payoutline y
) x
GROUP BY x.method, x.currency HAVING SUM(x.amount) <> 0;

-- name: a sale stands in the book of where its money came
SELECT g.id, b.name, p.method
FROM ledger_posting g
JOIN ledger_cause c ON c.id = g.cause_id AND c.of_kind = 'order_line'
JOIN ledger_book b ON b.id = g.book_id
JOIN orders_orderline l ON l.id = c.of_id
JOIN orders_order o ON o.id = l.order_id
JOIN orders_purchase u ON u.id = o.purchase_id
JOIN payments_payment p ON p.id = u.payment_id
WHERE g.rule = 'sale' AND g.balancing AND b.name <> CASE p.method WHEN 'transfer' THEN 'bank' ELSE 'provider' END;

-- name: nobody's payable book is overdrawn
SELECT b.id, SUM(e.amount)
FROM ledger_entry e JOIN ledger_book b ON b.id = e.book_id
WHERE b.name = 'payable'
GROUP BY b.id HAVING SUM(e.amount) > 0;

-- ---- payments and orders

-- name: who pays is who buys
SELECT u.id, u.buyer_id, p.payer_id
FROM orders_purchase u JOIN payments_payment p ON p.id = u.payment_id
WHERE p.payer_id <> u.buyer_id;

-- name: an order's total is the sum of its lines
SELECT o.id, o.total
FROM orders_order o
WHERE o.total <> COALESCE((SELECT SUM(l.amount) FROM orders_orderline l WHERE l.order_id = o.id), 0);

-- name: a line's amount is its price for each piece, less its discount, with the tax where prices are without
SELECT l.id, l.amount
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE l.amount <> l.price * l.quantity - l.discount + CASE WHEN o.tax_included THEN 0 ELSE l.tax END
OR l.discount < 0 OR l.discount > l.price * l.quantity OR l.tax < 0 OR (l.tax > 0 AND l.tax_rate = 0);

-- name: the tax of each rate of an order is reckoned on the sum of its lines and rounded once
SELECT x.order_id, x.tax_rate, x.tax
FROM (
    SELECT l.order_id, l.tax_rate, SUM(l.tax) AS tax, SUM(l.price * l.quantity - l.discount) AS paid,
        MAX(CASE WHEN o.tax_included THEN 10000 + l.tax_rate ELSE 10000 END) AS whole
    FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
    GROUP BY l.order_id, l.tax_rate
) x
WHERE x.tax <> FLOOR((2 * x.paid * x.tax_rate + x.whole) / (2 * x.whole));

-- name: a payment's amount is the sum of its allocations
SELECT p.id, p.amount
FROM payments_payment p
WHERE p.amount <> COALESCE((SELECT SUM(a.amount) FROM orders_allocation a WHERE a.payment_id = p.id), 0);

-- name: each order has its whole total allocated from its purchase's payment
SELECT o.id
FROM orders_order o
JOIN orders_purchase u ON u.id = o.purchase_id
LEFT JOIN orders_allocation a ON a.order_id = o.id
WHERE a.id IS NULL OR a.amount <> o.total OR a.payment_id <> u.payment_id;

-- name: a payment, its orders and their lines are in one currency
SELECT l.id
FROM orders_orderline l
JOIN orders_order o ON o.id = l.order_id
JOIN orders_purchase u ON u.id = o.purchase_id
JOIN payments_payment p ON p.id = u.payment_id
WHERE l.currency <> o.currency OR o.currency <> p.currency;

-- name: each purchase has an order and each payment a purchase
SELECT p.id
FROM payments_payment p LEFT JOIN orders_purchase u ON u.payment_id = p.id
WHERE NOT EXISTS (SELECT 1 FROM orders_order o WHERE o.purchase_id = u.id);

-- name: a payment is paid if and only if exactly one capture of its amount was kept
SELECT p.id, p.state, p.amount
FROM payments_payment p
WHERE (SELECT COUNT(*) FROM payments_capture c WHERE c.payment_id = p.id AND c.use = 'kept')
    <> CASE WHEN p.state = 'paid' AND p.amount > 0 THEN 1 ELSE 0 END
OR EXISTS (SELECT 1 FROM payments_capture c WHERE c.payment_id = p.id AND c.use = 'kept' AND c.amount <> p.amount);

-- name: a paid payment was paid the way it says
SELECT p.id, p.method, c.method
FROM payments_payment p JOIN payments_capture c ON c.payment_id = p.id AND c.use = 'kept'
WHERE c.method <> p.method;

-- name: a transfer came under a reference of the bank, on a day, and was noted once; nothing else did
SELECT c.id
FROM payments_capture c JOIN orders_purchase u ON u.payment_id = c.payment_id
WHERE (c.method = 'transfer') <> (c.intent LIKE 'transfer-%') OR (c.method = 'transfer') <> (c.day IS NOT NULL)
UNION ALL
SELECT u.id
FROM orders_purchase u
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'transfer.arrived' AND x.subject_id = u.id)
    <> (SELECT COUNT(*) FROM payments_capture c WHERE c.payment_id = u.payment_id AND c.method = 'transfer');

-- name: transferred money goes back by hand: it is due or sent under a reference, never asked of the provider
SELECT b.id, b.state
FROM payments_payback b JOIN payments_capture c ON c.id = b.capture_id
WHERE c.method = 'transfer' AND (b.state NOT IN ('due', 'done') OR (b.state = 'done') <> (b.provider_id <> ''));

-- name: who said which account the hall has is recorded
SELECT b.id
FROM payments_bank b
WHERE NOT EXISTS (
    SELECT 1 FROM activity_act x WHERE x.verb = 'bank.set' AND x.subject_kind = 'bank' AND x.subject_id = b.id
);

-- name: what is open waits for a transfer only where the hall has an account
SELECT p.id
FROM payments_payment p
WHERE p.state = 'open' AND p.method = 'transfer' AND (
    p.session <> '' OR NOT EXISTS (SELECT 1 FROM payments_bank b WHERE b.id = 1)
);

-- name: an order stands as its payment does
SELECT o.id, o.state, p.state
FROM orders_order o JOIN orders_purchase u ON u.id = o.purchase_id JOIN payments_payment p ON p.id = u.payment_id
WHERE o.state <> CASE p.state WHEN 'paid' THEN 'paid' WHEN 'ended' THEN 'lapsed' ELSE 'awaiting' END
OR (o.paid IS NOT NULL) <> (o.state = 'paid');

-- name: each open payment is looked after
SELECT p.id
FROM payments_payment p
WHERE p.state = 'open' AND NOT EXISTS (SELECT 1 FROM payments_check c WHERE c.payment_id = p.id);

-- name: a returned capture goes back whole, once
SELECT c.id, c.amount
FROM payments_capture c
WHERE c.use = 'returned' AND (
    (SELECT COUNT(*) FROM payments_payback b WHERE b.capture_id = c.id) <> 1
    OR (SELECT SUM(b.amount) FROM payments_payback b WHERE b.capture_id = c.id) <> c.amount
);

-- name: of a kept capture goes back what refunds give, and no more than it is
SELECT c.id
FROM payments_capture c
WHERE c.use = 'kept' AND (
    EXISTS (
        SELECT 1 FROM payments_payback b WHERE b.capture_id = c.id
        AND NOT EXISTS (SELECT 1 FROM orders_refund r WHERE r.payback_id = b.id)
    )
    OR COALESCE((SELECT SUM(b.amount) FROM payments_payback b WHERE b.capture_id = c.id), 0) > c.amount
);

-- name: what was refunded of an order is the sum of its refunds, and no more than was allocated
SELECT a.order_id, a.amount, a.refunded
FROM orders_allocation a
WHERE a.refunded < 0 OR a.refunded > a.amount
OR a.refunded <> COALESCE((SELECT SUM(r.amount) FROM orders_refund r WHERE r.order_id = a.order_id), 0);

-- name: a refund is the sum of its lines and goes back whole from the capture of its paid order
SELECT r.id, r.amount
FROM orders_refund r
JOIN orders_order o ON o.id = r.order_id
JOIN orders_purchase u ON u.id = o.purchase_id
JOIN payments_payback b ON b.id = r.payback_id
JOIN payments_capture c ON c.id = b.capture_id
WHERE r.amount <> b.amount OR r.currency <> b.currency OR r.currency <> o.currency
OR c.use <> 'kept' OR c.payment_id <> u.payment_id OR o.state <> 'paid'
OR r.amount <> COALESCE((SELECT SUM(l.amount) FROM orders_refundline l WHERE l.refund_id = r.id), 0);

-- name: a refunded line is of the refund's order
SELECT x.id
FROM orders_refundline x JOIN orders_refund r ON r.id = x.refund_id JOIN orders_orderline l ON l.id = x.line_id
WHERE l.order_id <> r.order_id OR x.amount < 0 OR x.quantity < 1;

-- name: what was given back of a line is its pieces' part of what was charged, rounded over all of them together
SELECT l.id, l.returned
FROM orders_orderline l
WHERE l.returned < COALESCE((SELECT SUM(x.quantity) FROM orders_refundline x WHERE x.line_id = l.id), 0)
OR COALESCE((SELECT SUM(x.amount) FROM orders_refundline x WHERE x.line_id = l.id), 0)
    <> (2 * l.amount * l.returned + l.quantity) / (2 * l.quantity);

-- name: pieces shipped of a line are those of its shipments
SELECT l.id, l.shipped
FROM orders_orderline l
WHERE l.shipped <> COALESCE((SELECT SUM(x.quantity) FROM orders_shipmentline x WHERE x.line_id = l.id), 0);

-- name: no more of a line is shipped, withheld or given back than was bought
SELECT l.id
FROM orders_orderline l
WHERE l.shipped + l.withheld > l.quantity OR l.returned > l.quantity OR l.withheld > l.returned;

-- name: a shipment holds things of its own paid order
SELECT s.id
FROM orders_shipment s
JOIN orders_order o ON o.id = s.order_id
LEFT JOIN orders_shipmentline x ON x.shipment_id = s.id
LEFT JOIN orders_orderline l ON l.id = x.line_id
WHERE o.state <> 'paid' OR x.id IS NULL OR l.order_id <> s.order_id OR l.variant_id IS NULL OR x.quantity < 1;

-- name: of a cancelled order nothing is left to send
SELECT l.id
FROM orders_cancellation c JOIN orders_orderline l ON l.order_id = c.order_id
WHERE l.variant_id IS NOT NULL AND l.quantity > l.shipped + l.withheld;

-- ---- papers

-- name: the numbers of a brand's papers of a sort run from 1 without gap or repetition
SELECT i.brand_id, i.sort
FROM orders_invoice i
GROUP BY i.brand_id, i.sort
HAVING MIN(i.number) <> 1 OR MAX(i.number) <> COUNT(*) OR COUNT(DISTINCT i.number) <> COUNT(*);

-- name: a counter stands at the number after the last paper
SELECT c.id
FROM orders_counter c
WHERE c.next <> 1 + (SELECT COUNT(*) FROM orders_invoice i WHERE i.brand_id = c.brand_id AND i.sort = c.sort);

-- name: each paid order and each refund of a brand with an imprint has its paper, or waits for it
WITH waiting AS (
    SELECT x.brand_id, x.subject_kind, x.subject_id
    FROM activity_pending p JOIN activity_act x ON x.id = p.act_id
    WHERE p.reader = 'invoices'
)
SELECT o.id, 'invoice'
FROM orders_order o JOIN orders_imprint m ON m.brand_id = o.brand_id
WHERE o.state = 'paid'
AND (SELECT COUNT(*) FROM orders_invoice i WHERE i.order_id = o.id AND i.sort = 'invoice') <> 1
AND o.brand_id NOT IN (SELECT w.brand_id FROM waiting w WHERE w.brand_id IS NOT NULL)
AND o.id NOT IN (SELECT w.subject_id FROM waiting w WHERE w.subject_kind = 'order')
UNION ALL
SELECT r.id, 'credit'
FROM orders_refund r JOIN orders_order o ON o.id = r.order_id JOIN orders_imprint m ON m.brand_id = o.brand_id
WHERE NOT EXISTS (SELECT 1 FROM orders_invoice i WHERE i.refund_id = r.id)
AND o.brand_id NOT IN (SELECT w.brand_id FROM waiting w WHERE w.brand_id IS NOT NULL);

-- name: as many pieces are asked back as are in returns under way, and no more than were sent
SELECT l.id, l.asked
FROM orders_orderline l
WHERE l.asked > l.shipped OR l.asked <> COALESCE((
    SELECT SUM(x.quantity) FROM orders_returnline x JOIN orders_return r ON r.id = x.back_id
    WHERE x.line_id = l.id AND r.state IN ('asked', 'agreed', 'sent', 'arrived')
), 0);

-- name: a return holds sent things of its own order, and money only where it is closed
SELECT r.id
FROM orders_return r
LEFT JOIN orders_returnline x ON x.back_id = r.id
LEFT JOIN orders_orderline l ON l.id = x.line_id
LEFT JOIN orders_refund f ON f.id = r.refund_id
WHERE x.id IS NULL OR l.order_id <> r.order_id OR l.variant_id IS NULL OR x.quantity > l.shipped
OR (f.id IS NOT NULL AND (r.state <> 'closed' OR f.order_id <> r.order_id));

-- name: a return was asked for once, and its end recorded once
SELECT r.id, r.state
FROM orders_return r
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'return.asked' AND x.subject_id = r.id) <> 1
OR (
    SELECT COUNT(*) FROM activity_act x
    WHERE x.subject_id = r.id AND x.verb IN ('return.declined', 'return.withdrawn', 'return.closed')
) <> CASE WHEN r.state IN ('declined', 'withdrawn', 'closed') THEN 1 ELSE 0 END;

-- name: an invoice is of its brand's paid order and its total, a credit note of its refund, with the invoice there first
SELECT i.id
FROM orders_invoice i JOIN orders_order o ON o.id = i.order_id LEFT JOIN orders_refund r ON r.id = i.refund_id
WHERE o.brand_id <> i.brand_id OR o.state <> 'paid' OR o.currency <> i.currency
OR (i.sort = 'invoice' AND (i.refund_id IS NOT NULL OR i.total <> o.total))
OR (i.sort = 'credit' AND (r.id IS NULL OR r.order_id <> o.id OR i.total <> -r.amount OR NOT EXISTS (
    SELECT 1 FROM orders_invoice f WHERE f.order_id = o.id AND f.sort = 'invoice'
)));

-- name: no credit note takes back more tax than its invoice had
SELECT o.id
FROM orders_order o
WHERE EXISTS (SELECT 1 FROM orders_invoice i WHERE i.order_id = o.id)
AND (SELECT SUM(i.tax) FROM orders_invoice i WHERE i.order_id = o.id) < 0;

-- ---- stock

-- name: received is available, held, sold and written off, and none is negative
SELECT v.id
FROM catalog_variant v
WHERE v.received <> v.available + v.held + v.sold + v.written_off
OR v.available < 0 OR v.held < 0 OR v.sold < 0 OR v.written_off < 0;

-- name: as many are held of a variant as its holds say
SELECT v.id, v.held
FROM catalog_variant v
WHERE v.held <> COALESCE(
    (SELECT SUM(h.quantity) FROM catalog_hold h WHERE h.variant_id = v.id AND h.state = 'held' AND h.tracked), 0
);

-- name: no more of a variant are sold than its holds say
SELECT v.id, v.sold
FROM catalog_variant v
WHERE v.sold > COALESCE(
    (SELECT SUM(h.quantity) FROM catalog_hold h WHERE h.variant_id = v.id AND h.state = 'sold' AND h.tracked), 0
);

-- name: a hold is held while its payment is open, sold when paid, released when it ended
SELECT h.id, h.state, p.state
FROM catalog_hold h
LEFT JOIN orders_purchase u ON u.id = h.owner_id
LEFT JOIN payments_payment p ON p.id = u.payment_id
WHERE h.owner_kind = 'purchase'
AND (p.id IS NULL OR h.state <> CASE p.state WHEN 'paid' THEN 'sold' WHEN 'ended' THEN 'released' ELSE 'held' END);

-- name: a purchase holds what its lines say
SELECT o.purchase_id, l.variant_id, SUM(l.quantity)
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
WHERE l.variant_id IS NOT NULL
GROUP BY o.purchase_id, l.variant_id
HAVING SUM(l.quantity) <> COALESCE(
    (
        SELECT SUM(h.quantity) FROM catalog_hold h
        WHERE h.owner_kind = 'purchase' AND h.owner_id = o.purchase_id AND h.variant_id = l.variant_id
    ),
    0
);

-- name: a product's lowest price is the lowest of its variants
SELECT p.id, p.lowest
FROM catalog_product p
WHERE p.lowest <> COALESCE(
    (SELECT MIN(v.price) FROM catalog_variant v WHERE v.product_id = p.id AND v.gone IS NULL), 0
);

-- name: a variant is in the currency of its product
SELECT v.id
FROM catalog_variant v JOIN catalog_product p ON p.id = v.product_id
WHERE v.gone IS NULL AND v.currency <> p.currency;

-- ---- prices

-- name: a country of a zone is of the zone's brand, once for each brand
SELECT c.id
FROM prices_zonecountry c JOIN prices_zone z ON z.id = c.zone_id
WHERE c.brand_id <> z.brand_id
OR EXISTS (SELECT 1 FROM prices_zonecountry o WHERE o.brand_id = c.brand_id AND o.country = c.country AND o.id <> c.id);

-- name: each zone has a rate, and one for each weight
SELECT z.id
FROM prices_zone z
WHERE NOT EXISTS (SELECT 1 FROM prices_rate r WHERE r.zone_id = z.id)
OR EXISTS (
    SELECT 1 FROM prices_rate r JOIN prices_rate o ON o.zone_id = r.zone_id AND o.id <> r.id
    WHERE r.zone_id = z.id AND COALESCE(r.up_to_grams, 0) = COALESCE(o.up_to_grams, 0)
);

-- name: a country with a reduced tax has a standard one
SELECT t.id
FROM prices_tax t
WHERE t.sort = 'reduced' AND NOT EXISTS (
    SELECT 1 FROM prices_tax s WHERE s.brand_id = t.brand_id AND s.country = t.country AND s.sort = 'standard'
);

-- name: a voucher was used as often as its uses say, and no more often than it may be
SELECT v.id, v.used
FROM prices_voucher v
WHERE v.used > COALESCE(v."limit", v.used)
OR v.used <> (SELECT COUNT(*) FROM prices_voucheruse u WHERE u.voucher_id = v.id AND u.state <> 'released');

-- name: nobody used a voucher more often than each may, by person and by mail address
SELECT c.id, c.used
FROM prices_vouchercount c JOIN prices_voucher v ON v.id = c.voucher_id
WHERE v.each IS NULL OR c.used > v.each
OR c.used <> (
    SELECT COUNT(*) FROM prices_voucheruse u
    WHERE u.voucher_id = v.id AND u.state <> 'released'
    AND (c.who = 'mail ' || u.mail OR c.who = 'person ' || CAST(u.buyer_id AS TEXT))
);

-- name: a use of a voucher is held while its payment is open, used when paid, released when it ended
SELECT v.id, v.state, p.state
FROM prices_voucheruse v
LEFT JOIN orders_purchase u ON u.id = v.owner_id
LEFT JOIN payments_payment p ON p.id = u.payment_id
WHERE v.owner_kind = 'purchase'
AND (p.id IS NULL OR v.state <> CASE p.state WHEN 'paid' THEN 'used' WHEN 'ended' THEN 'released' ELSE 'held' END);

-- name: what the lines of a purchase cost less is what its voucher took off
SELECT o.purchase_id, SUM(l.discount)
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
GROUP BY o.purchase_id
HAVING SUM(l.discount) <> COALESCE(
    (SELECT SUM(v.amount) FROM prices_voucheruse v WHERE v.owner_kind = 'purchase' AND v.owner_id = o.purchase_id), 0
);

-- name: a voucher lowers the things of its own brand, never sending
SELECT l.id
FROM orders_orderline l JOIN orders_order o ON o.id = l.order_id
LEFT JOIN prices_voucher v ON v.code = o.voucher
WHERE (l.discount > 0 AND (l.variant_id IS NULL OR v.id IS NULL OR v.brand_id <> o.brand_id))
OR (o.voucher <> '' AND NOT EXISTS (SELECT 1 FROM orders_orderline x WHERE x.order_id = o.id AND x.discount > 0));

-- name: each voucher was made once, and each use of it is recorded once
SELECT v.id
FROM prices_voucher v
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'voucher.made' AND x.subject_id = v.id) <> 1
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'voucher.used' AND x.subject_id = v.id)
    <> (SELECT COUNT(*) FROM prices_voucheruse u WHERE u.voucher_id = v.id AND u.state = 'used');

-- ---- shares

-- name: a share is by who bought it, of a paid thing, for a circle of their own if for one
SELECT s.id
FROM orders_share s
JOIN orders_orderline l ON l.id = s.line_id
JOIN orders_order o ON o.id = l.order_id
JOIN orders_purchase u ON u.id = o.purchase_id
JOIN people_profile b ON b.id = u.buyer_id
LEFT JOIN catalog_variant v ON v.id = l.variant_id
LEFT JOIN people_circle c ON c.id = s.circle_id
WHERE o.state <> 'paid' OR (s.by_id <> b.id AND (b.became_id IS NULL OR s.by_id <> b.became_id))
OR v.id IS NULL OR v.product_id <> s.product_id
OR (s.circle_id IS NOT NULL) <> (s.reach = 'circle') OR (c.id IS NOT NULL AND c.owner_id <> s.by_id);

-- name: one share of a line stands at a time
SELECT s.line_id FROM orders_share s WHERE s.withdrawn IS NULL GROUP BY s.line_id HAVING COUNT(*) > 1;

-- name: of a withdrawn share no words are kept
SELECT s.id FROM orders_share s WHERE s.withdrawn IS NOT NULL AND s.words <> '';

-- ---- people

-- name: two who are parted have no ties
WITH parted AS (
    SELECT id, by_id AS one, whom_id AS other FROM people_block
    UNION ALL
    SELECT id, whom_id, by_id FROM people_block
)
SELECT f.id, b.id FROM parted b JOIN people_follow f ON f.follower_id = b.one AND f.source_id = b.other
UNION ALL
SELECT m.id, b.id
FROM parted b
JOIN people_circle c ON c.owner_id = b.one
JOIN people_circlemember m ON m.circle_id = c.id AND m.person_id = b.other;

-- name: a guest became a person, and it was recorded once
SELECT p.id
FROM people_profile p LEFT JOIN people_profile b ON b.id = p.became_id
WHERE p.became_id IS NOT NULL AND (p.sort <> 'guest' OR b.sort <> 'person' OR b.became_id IS NOT NULL OR (
    SELECT COUNT(*) FROM activity_act x
    WHERE x.verb = 'guest.adopted' AND x.subject_id = p.id AND x.actor_id = p.became_id
) <> 1);

-- name: an ended circle is empty, and nobody is in a circle of their own
SELECT m.id
FROM people_circlemember m JOIN people_circle c ON c.id = m.circle_id
WHERE c.ended IS NOT NULL OR m.person_id = c.owner_id;

-- name: each brand has an owner
SELECT p.id
FROM people_profile p
WHERE p.sort = 'brand' AND p.gone IS NULL
AND NOT EXISTS (SELECT 1 FROM people_member m WHERE m.brand_id = p.id AND m.role = 'owner');

-- ---- the log: a row exists if and only if its act committed

-- name: each account joined once
SELECT a.id
FROM people_account a
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'person.joined' AND x.subject_id = a.profile_id) <> 1;

-- name: each brand was opened once
SELECT p.id
FROM people_profile p
WHERE p.sort = 'brand'
AND (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'brand.opened' AND x.subject_id = p.id) <> 1;

-- name: each purchase was placed once
SELECT u.id
FROM orders_purchase u
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'purchase.placed' AND x.subject_id = u.id) <> 1;

-- name: a purchase lapsed once if its payment ended, else never
SELECT u.id
FROM orders_purchase u JOIN payments_payment p ON p.id = u.payment_id
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'purchase.lapsed' AND x.subject_id = u.id)
    <> CASE WHEN p.state = 'ended' THEN 1 ELSE 0 END;

-- name: an order was recorded as paid once if it is paid, else never
SELECT o.id
FROM orders_order o
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'order.paid' AND x.subject_id = o.id)
    <> CASE WHEN o.state = 'paid' THEN 1 ELSE 0 END;

-- name: each capture that was returned is recorded
SELECT u.id
FROM orders_purchase u
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'capture.returned' AND x.subject_id = u.id)
    <> (SELECT COUNT(*) FROM payments_capture c WHERE c.payment_id = u.payment_id AND c.use = 'returned');

-- name: each shipment is recorded once
SELECT s.id
FROM orders_shipment s
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'order.shipped' AND x.subject_id = s.id) <> 1;

-- name: each packing and each cancellation is recorded once
SELECT p.order_id
FROM orders_packing p
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'order.packed' AND x.subject_id = p.order_id) <> 1
UNION ALL
SELECT c.order_id
FROM orders_cancellation c
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'order.cancelled' AND x.subject_id = c.order_id) <> 1;

-- name: each refund is recorded once, and once more when the bank answered
SELECT r.id, p.state
FROM orders_refund r JOIN payments_payback p ON p.id = r.payback_id
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'order.refunded' AND x.subject_id = r.id) <> 1
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'refund.paid' AND x.subject_id = r.id)
    <> CASE WHEN p.state = 'done' THEN 1 ELSE 0 END
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'refund.failed' AND x.subject_id = r.id)
    <> CASE WHEN p.state = 'failed' THEN 1 ELSE 0 END;

-- name: each share is recorded once, and its end once
SELECT s.id
FROM orders_share s
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'share.made' AND x.subject_id = s.id) <> 1
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'share.withdrawn' AND x.subject_id = s.id)
    <> CASE WHEN s.withdrawn IS NULL THEN 0 ELSE 1 END;

-- name: nothing is recorded of what does not exist
SELECT x.id, x.verb
FROM activity_act x
WHERE (x.subject_kind = 'order' AND NOT EXISTS (SELECT 1 FROM orders_order o WHERE o.id = x.subject_id))
OR (x.subject_kind = 'purchase' AND NOT EXISTS (SELECT 1 FROM orders_purchase u WHERE u.id = x.subject_id))
OR (x.subject_kind = 'refund' AND NOT EXISTS (SELECT 1 FROM orders_refund r WHERE r.id = x.subject_id))
OR (x.subject_kind = 'shipment' AND NOT EXISTS (SELECT 1 FROM orders_shipment s WHERE s.id = x.subject_id))
OR (x.subject_kind = 'share' AND NOT EXISTS (SELECT 1 FROM orders_share s WHERE s.id = x.subject_id))
OR (x.subject_kind = 'product' AND NOT EXISTS (SELECT 1 FROM catalog_product p WHERE p.id = x.subject_id));

-- name: what is yet to be read was recorded
SELECT p.id FROM activity_pending p LEFT JOIN activity_act x ON x.id = p.act_id WHERE x.id IS NULL;

-- name: for all that reaches a feed its source has a latest act, and that act is one of its own
SELECT x.id
FROM activity_act x
WHERE x.reach <> '' AND x.audience <> 'parties' AND NOT EXISTS (
    SELECT 1 FROM activity_latest l
    WHERE l.source_id = x.actor_id AND l.channel = x.channel AND l.reach = x.reach AND l.reach_id = x.reach_id
)
UNION ALL
SELECT l.act_id
FROM activity_latest l
WHERE NOT EXISTS (
    SELECT 1 FROM activity_act x
    WHERE x.id = l.act_id
    AND x.actor_id = l.source_id AND x.channel = l.channel AND x.reach = l.reach AND x.reach_id = l.reach_id
);

-- ---- notices

-- name: a notice that waits for its letter was not mailed
SELECT l.id
FROM notices_letter l JOIN notices_notice n ON n.id = l.notice_id
WHERE n.mailed IS NOT NULL;

-- name: nobody is told of what they did to somebody else
SELECT n.id
FROM notices_notice n JOIN activity_act a ON a.id = n.act_id
WHERE (n.who_id = a.actor_id OR n.who_id = a.hand_id) AND a.verb NOT IN ('steward.made', 'products.imported');

-- name: a notice is told to a person and is as old as its act
SELECT n.id
FROM notices_notice n JOIN activity_act a ON a.id = n.act_id JOIN people_profile p ON p.id = n.who_id
WHERE p.sort <> 'person' OR n.at <> a.at;
-- ---- accounts

-- name: a handle that was given up is nobody's but its owner's
SELECT o.handle FROM people_oldhandle o JOIN people_profile p ON p.handle = o.handle;

-- name: who joined a team is no longer asked
SELECT t.id FROM people_teaminvitation t JOIN people_member m ON m.brand_id = t.brand_id AND m.person_id = t.person_id;

-- name: an invitation has as many uses as people who came by it
SELECT i.id, i.uses FROM people_invitation i
WHERE i.uses <> (SELECT COUNT(*) FROM people_taking t WHERE t.invitation_id = i.id);

-- name: an invitation that is of no more use has forgotten its address
SELECT i.id FROM people_invitation i WHERE i.email <> '' AND (i.ended IS NOT NULL OR i.uses >= i."limit");

-- name: a signed-in session says whose it is and since when
SELECT s.session_key FROM people_signin s WHERE s.account_id IS NOT NULL AND (s.begun IS NULL OR s.public = '');

-- name: recovery codes stand beside an app
SELECT c.id FROM mfa_authenticator c WHERE c.type = 'recovery_codes'
AND NOT EXISTS (SELECT 1 FROM mfa_authenticator a WHERE a.user_id = c.user_id AND a.type = 'totp');
-- ---- accounts

-- name: a suspended account is shut, and each suspension is recorded once, and its end once
SELECT s.id
FROM people_suspension s JOIN people_account c ON c.id = s.account_id
WHERE (s.ended IS NULL AND c.is_active)
OR (s.ended IS NULL) <> (s.ended_by_id IS NULL)
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'account.suspended' AND x.subject_id = c.profile_id)
    <> (SELECT COUNT(*) FROM people_suspension o WHERE o.account_id = s.account_id)
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'account.restored' AND x.subject_id = c.profile_id)
    <> (SELECT COUNT(*) FROM people_suspension o WHERE o.account_id = s.account_id AND o.ended IS NOT NULL);
-- name: each word of the index counts the things that hold it, and none is held by nothing
SELECT w.id
FROM core_word w
WHERE w.documents = 0 OR w.documents <> (SELECT COUNT(*) FROM core_posting p WHERE p.word_id = w.id);
-- ---- the API

-- name: an answer that is kept says how it was answered
SELECT id FROM api_answer WHERE status < 200 OR status >= 500;

-- name: nobody spends before their first request
SELECT id FROM api_spent WHERE number < 1;

-- name: a token may something, and its making was recorded
SELECT t.id FROM people_token t
WHERE t.scopes = '' OR NOT EXISTS (
    SELECT 1 FROM activity_act x WHERE x.verb = 'token.made' AND x.subject_kind = 'token' AND x.subject_id = t.id
);
-- ---- ideas

-- name: an idea counts each person once, at the strongest that they say of it and of ideas merged into it
SELECT i.id
FROM ideas_idea i
LEFT JOIN (
    SELECT head, SUM(best) AS weight, SUM(CASE best WHEN 4 THEN 1 ELSE 0 END) AS pays,
        SUM(CASE best WHEN 2 THEN 1 ELSE 0 END) AS follows, SUM(CASE best WHEN 1 THEN 1 ELSE 0 END) AS likes
    FROM (
        SELECT h.id AS head, b.person_id, MAX(CASE b.level WHEN 'pay' THEN 4 WHEN 'follow' THEN 2 ELSE 1 END) AS best
        FROM (
            SELECT id AS head, id AS part FROM ideas_idea
            UNION ALL
            SELECT into_id, id FROM ideas_idea WHERE into_id IS NOT NULL
        ) AS whole
        JOIN ideas_idea h ON h.id = whole.head
        JOIN ideas_idea m ON m.id = whole.part
        JOIN ideas_backing b ON b.idea_id = m.id
        LEFT JOIN ideas_backing o ON o.idea_id = h.id AND o.person_id = b.person_id AND m.id <> h.id AND o.at >= m.merged
        WHERE b.person_id <> h.lead_id AND o.id IS NULL
        GROUP BY h.id, b.person_id
    ) AS voice
    GROUP BY head
) AS said ON said.head = i.id
WHERE i.weight <> COALESCE(said.weight, 0) OR i.pays <> COALESCE(said.pays, 0)
    OR i.follows <> COALESCE(said.follows, 0) OR i.likes <> COALESCE(said.likes, 0);

-- name: an idea that stands by itself weighs what its voices weigh, of strangers a tenth of that or less than a like
SELECT i.id
FROM ideas_idea i
LEFT JOIN (
    SELECT idea_id, SUM(CASE WHEN trust IN ('known', 'let') THEN points ELSE 0 END) AS trusted,
        SUM(CASE WHEN trust = 'stranger' THEN points ELSE 0 END) AS strange
    FROM ideas_backing GROUP BY idea_id
) AS said ON said.idea_id = i.id
WHERE i.joined = 0 AND i.stage <> 'merged'
    AND NOT EXISTS (SELECT 1 FROM ideas_weighing w WHERE w.idea_id = i.id)
    AND i.rank <> COALESCE(said.trusted + CASE
        WHEN said.strange <= 99 OR said.strange <= said.trusted / 10 THEN said.strange
        WHEN said.trusted / 10 > 99 THEN said.trusted / 10
        ELSE 99 END, 0);

-- name: a gate hears everybody who is known, and of strangers ten and two for each of those; no crowd
SELECT i.id
FROM ideas_idea i
LEFT JOIN (
    SELECT idea_id, SUM(CASE WHEN trust = 'known' THEN 1 ELSE 0 END) AS known,
        SUM(CASE WHEN trust = 'let' THEN 1 ELSE 0 END) AS let,
        SUM(CASE WHEN trust IN ('stranger', 'new') THEN 1 ELSE 0 END) AS strange
    FROM ideas_backing WHERE level = 'pay' GROUP BY idea_id
) AS said ON said.idea_id = i.id
WHERE i.joined = 0 AND i.stage <> 'merged'
    AND NOT EXISTS (SELECT 1 FROM ideas_weighing w WHERE w.idea_id = i.id)
    AND i.heard <> COALESCE(said.known + said.let + CASE
        WHEN said.strange > 10 + 2 * said.known THEN 10 + 2 * said.known ELSE said.strange END, 0);

-- name: a gate hears no more than would pay
SELECT id FROM ideas_idea i
WHERE heard > pays AND stage <> 'merged' AND NOT EXISTS (SELECT 1 FROM ideas_weighing w WHERE w.idea_id = i.id);

-- name: an idea is merged into one that stands by itself, as a merger that stands says
SELECT i.id
FROM ideas_idea i
LEFT JOIN ideas_idea h ON h.id = i.into_id
WHERE (i.stage = 'merged') <> EXISTS (
        SELECT 1 FROM ideas_merger m
        WHERE m.idea_id = i.id AND m.state = 'stands' AND (i.into_id IS NULL OR m.into_id = i.into_id)
    )
    OR (i.stage = 'merged' AND h.stage <> 'shape')
    OR i.joined <> (SELECT COUNT(*) FROM ideas_idea m WHERE m.into_id = i.id);

-- name: nobody leads an idea alone and with others, and no draft is led by several
SELECT a.id FROM ideas_author a JOIN ideas_idea i ON i.id = a.idea_id
WHERE a.state <> 'left' AND (a.person_id = i.lead_id OR i.stage = 'draft');

-- name: an idea is begun from a version that is there
SELECT i.id FROM ideas_idea i
WHERE i.forked_from_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM ideas_version v WHERE v.idea_id = i.forked_from_id AND v.number = i.forked_number
);
-- name: nobody is a voice for an idea they lead
SELECT b.id FROM ideas_backing b JOIN ideas_idea i ON i.id = b.idea_id WHERE i.lead_id = b.person_id;

-- name: what was proposed has each of its versions, and says what the newest says
SELECT i.id
FROM ideas_idea i
WHERE i.stage <> 'draft' AND (
    (SELECT COUNT(*) FROM ideas_version v WHERE v.idea_id = i.id) <> i.number
    OR NOT EXISTS (
        SELECT 1 FROM ideas_version v
        WHERE v.idea_id = i.id AND v.number = i.number AND v.title = i.title AND v.problem = i.problem
        AND v.use = i.use AND v.audience = i.audience
    )
);
-- name: a contribution that was taken in stands in a version, in its author's name
SELECT c.id
FROM ideas_contribution c
WHERE c.state = 'taken' AND NOT EXISTS (
    SELECT 1 FROM ideas_version v WHERE v.idea_id = c.idea_id AND v.number = c.version AND v.by_id = c.by_id
);
-- name: who is in the team of the brand an idea is addressed to contributed nothing to it
SELECT x.id
FROM activity_act x
JOIN ideas_contribution c ON c.id = x.subject_id
JOIN ideas_idea i ON i.id = c.idea_id
JOIN people_member m ON m.brand_id = i.brand_id AND m.person_id = c.by_id
WHERE x.verb = 'contribution.made' AND x.at > m.since;
-- ---- pools

-- name: an open pool counts its standing pledges, a decided one those that it was decided on
SELECT p.id, p.pieces, p.people
FROM pools_pool p
WHERE p.pieces <> COALESCE((
    SELECT SUM(l.quantity) FROM pools_pledge l
    WHERE l.pool_id = p.id AND (
        (p.stage IN ('gathering', 'open') AND l.state = 'standing') OR (p.stage IN ('lost', 'cancelled') AND l.state = 'released')
        OR (p.stage IN ('won', 'ended') AND l.state IN ('due', 'paid', 'failing', 'dropped', 'returning', 'returned'))
    )
), 0)
OR p.people <> (
    SELECT COUNT(*) FROM pools_pledge l
    WHERE l.pool_id = p.id AND (
        (p.stage IN ('gathering', 'open') AND l.state = 'standing') OR (p.stage IN ('lost', 'cancelled') AND l.state = 'released')
        OR (p.stage IN ('won', 'ended') AND l.state IN ('due', 'paid', 'failing', 'dropped', 'returning', 'returned'))
    )
);

-- name: pledges stand as their pool does
SELECT l.id, l.state, p.stage
FROM pools_pledge l JOIN pools_pool p ON p.id = l.pool_id
WHERE (l.state IN ('started', 'standing') AND p.stage NOT IN ('gathering', 'open'))
OR (l.state = 'asked' AND (p.stage <> 'open' OR NOT p.concept))
OR (l.state = 'unmet' AND NOT p.concept)
OR (l.state IN ('due', 'paid', 'failing') AND p.stage <> 'won')
OR (l.state = 'returning' AND p.stage <> 'ended')
OR (l.state = 'returned' AND p.stage <> 'ended' AND (p.stage <> 'won' OR l.offered IS NULL))
OR (l.state = 'dropped' AND p.stage NOT IN ('won', 'ended'));

-- name: a pool that came about reached the rung of its price, which falls as its pieces rise
SELECT p.id
FROM pools_pool p
WHERE p.stage IN ('won', 'ended') AND NOT EXISTS (
    SELECT 1 FROM pools_tier t WHERE t.pool_id = p.id AND t.price = p.price AND t.pieces <= p.pieces
)
UNION ALL
SELECT t.pool_id
FROM pools_tier t JOIN pools_tier u ON u.pool_id = t.pool_id AND u.pieces > t.pieces
WHERE u.price >= t.price
UNION ALL
SELECT p.id
FROM pools_pool p
WHERE p.deadline IS NOT NULL
AND p.minimum <> COALESCE((SELECT MIN(t.pieces) FROM pools_tier t WHERE t.pool_id = p.id), 0);

-- name: nobody is charged more for each piece than they said, nor another price than all
SELECT l.id
FROM pools_pledge l
JOIN pools_pool p ON p.id = l.pool_id
LEFT JOIN orders_orderline x ON x.origin_kind = 'pledge' AND x.origin_id = l.id
WHERE (l.state IN ('due', 'paid', 'failing', 'dropped', 'returning', 'returned') AND l."limit" < p.price)
OR (x.id IS NOT NULL AND (p.price IS NULL OR x.price <> p.price OR x.quantity <> l.quantity OR x.variant_id <> l.variant_id));

-- name: nobody is charged more in all than they were told, to the penny that taxes are rounded by
SELECT l.id, y.amount
FROM pools_pledge l
JOIN orders_orderline x ON x.origin_kind = 'pledge' AND x.origin_id = l.id
JOIN orders_order o ON o.id = x.order_id
JOIN orders_purchase u ON u.id = o.purchase_id
JOIN payments_payment y ON y.id = u.payment_id
WHERE l.tax_rate IS NOT NULL AND CASE WHEN l.tax_included
    THEN y.amount > l.quantity * l."limit" + l.sending
    ELSE y.amount * 10000 > l.quantity * l."limit" * (10000 + l.tax_rate) + l.sending * (10000 + l.sending_tax) + 10000
END;

-- name: a paid pledge has one paid order, and one that is not paid has none
SELECT l.id, l.state
FROM pools_pledge l
WHERE l.state <> 'failing' AND l.state <> 'due' AND (
    SELECT COUNT(*) FROM orders_orderline x JOIN orders_order o ON o.id = x.order_id
    WHERE x.origin_kind = 'pledge' AND x.origin_id = l.id AND o.state = 'paid'
) <> CASE WHEN l.state IN ('paid', 'returning', 'returned') THEN 1 ELSE 0 END;

-- name: what was paid for a pool that came to nothing goes back, but what was sent
SELECT l.id
FROM pools_pledge l
JOIN orders_order o ON o.purchase_id = l.purchase_id
JOIN orders_orderline x ON x.order_id = o.id
WHERE l.state = 'returned' AND x.variant_id IS NOT NULL AND x.quantity > x.shipped + x.returned;

-- name: a pledge keeps its pieces from the decision until its purchase does
SELECT h.id, h.state, l.state
FROM catalog_hold h LEFT JOIN pools_pledge l ON l.id = h.owner_id
WHERE h.owner_kind = 'pledge' AND (
    l.id IS NULL OR h.quantity <> l.quantity OR h.state = 'sold'
    OR (h.state = 'held' AND (l.state NOT IN ('due', 'failing') OR EXISTS (
        SELECT 1 FROM orders_purchase u JOIN payments_payment y ON y.id = u.payment_id
        WHERE u.id = l.purchase_id AND y.state <> 'ended'
    )))
)
UNION ALL
SELECT l.id, NULL, l.state
FROM pools_pledge l
WHERE l.state IN ('due', 'failing') AND NOT EXISTS (
    SELECT 1 FROM catalog_hold h
    WHERE h.state = 'held' AND h.quantity = l.quantity AND h.variant_id = l.variant_id
    AND ((h.owner_kind = 'pledge' AND h.owner_id = l.id) OR (h.owner_kind = 'purchase' AND h.owner_id = l.purchase_id))
) AND NOT EXISTS (
    SELECT 1 FROM orders_purchase u JOIN payments_payment y ON y.id = u.payment_id
    WHERE u.id = l.purchase_id AND y.state = 'paid'
);

-- name: a card is kept for each pledge that stands or is to be charged
SELECT l.id, l.state
FROM pools_pledge l
WHERE (l.state IN ('standing', 'asked', 'due') AND (l.customer = '' OR l.card = ''));

-- name: who is asked said less than it costs, and who stands in what has one price said as much
SELECT l.id, l.state
FROM pools_pledge l JOIN pools_pool p ON p.id = l.pool_id JOIN pools_tier t ON t.pool_id = p.id
WHERE p.concept AND ((l.state = 'asked' AND l."limit" >= t.price) OR (l.state = 'standing' AND l."limit" < t.price));

-- name: a pool that gathers has no price, no end and no promise
SELECT p.id FROM pools_pool p
WHERE p.stage = 'gathering'
AND (p.deadline IS NOT NULL OR p.promised IS NOT NULL OR EXISTS (SELECT 1 FROM pools_tier t WHERE t.pool_id = p.id));

-- name: a pool on a concept has one price, that of its thing while it is one
SELECT p.id
FROM pools_pool p JOIN catalog_product c ON c.id = p.product_id
WHERE p.concept AND p.deadline IS NOT NULL AND (
    p.promised IS NULL
    OR (SELECT COUNT(*) FROM pools_tier t WHERE t.pool_id = p.id) <> 1
    OR (c.state = 'concept' AND NOT EXISTS (SELECT 1 FROM pools_tier t WHERE t.pool_id = p.id AND t.price = c.lowest))
);

-- name: a concept is what one idea would become, and gathers for none that does not stand
SELECT c.id
FROM catalog_product c LEFT JOIN ideas_idea i ON i.concept_id = c.id
WHERE (c.state = 'concept' AND i.id IS NULL) OR (i.id IS NOT NULL AND c.born <> i.public)
UNION ALL
SELECT p.product_id
FROM pools_pool p JOIN ideas_idea i ON i.concept_id = p.product_id
WHERE p.stage = 'gathering' AND (i.stage <> 'shape' OR i.hidden IS NOT NULL);

-- name: the go that a lead said yes to has its group buy, on the brand's own concept
SELECT g.id
FROM ideas_gate g JOIN ideas_idea i ON i.id = g.idea_id LEFT JOIN catalog_product c ON c.id = i.concept_id
WHERE g.accepted IS NOT NULL AND g.days IS NOT NULL AND (
    c.id IS NULL OR c.brand_id <> g.brand_id
    OR NOT EXISTS (
        SELECT 1 FROM pools_pool p JOIN pools_tier t ON t.pool_id = p.id
        WHERE p.product_id = c.id AND p.concept AND t.price = g.price AND t.pieces = g.run
    )
);

-- name: money is offered back where delivery is late or was moved
SELECT l.id
FROM pools_pledge l JOIN pools_pool p ON p.id = l.pool_id
WHERE l.offered IS NOT NULL AND p.late IS NULL AND p.moved IS NULL;
-- ---- talk

-- name: a comment counts the reactions that there are
SELECT c.id
FROM talk_comment c
WHERE c.helpful <> (SELECT COUNT(*) FROM talk_reaction r WHERE r.comment_id = c.id AND r.sort = 'helpful')
OR c.agree <> (SELECT COUNT(*) FROM talk_reaction r WHERE r.comment_id = c.id AND r.sort = 'agree')
OR c.disagree <> (SELECT COUNT(*) FROM talk_reaction r WHERE r.comment_id = c.id AND r.sort = 'disagree');

-- name: nobody reacted to their own comment
SELECT r.id FROM talk_reaction r JOIN talk_comment c ON c.id = r.comment_id WHERE r.person_id = c.by_id;

-- name: a comment counts its answers and those of them that stand
SELECT c.id
FROM talk_comment c
WHERE c.answers <> (SELECT COUNT(*) FROM talk_comment a WHERE a.parent_id = c.id)
OR c.live <> (SELECT COUNT(*) FROM talk_comment a WHERE a.parent_id = c.id AND a.state = 'stands');

-- name: an answer is about what it answers is about, and answers no answer
SELECT a.id
FROM talk_comment a JOIN talk_comment c ON c.id = a.parent_id
WHERE a.subject_kind <> c.subject_kind OR a.subject_id <> c.subject_id OR c.parent_id IS NOT NULL;

-- name: whom an answer answers stands in the same thread
SELECT a.id
FROM talk_comment a JOIN talk_comment c ON c.id = a.to_id
WHERE c.id <> a.parent_id AND (c.parent_id IS NULL OR c.parent_id <> a.parent_id);

-- name: each comment was recorded once
SELECT c.id
FROM talk_comment c
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'comment.made' AND x.subject_id = c.id) <> 1;

-- name: a post counts the reactions that there are
SELECT p.id
FROM talk_post p
WHERE p.helpful <> (SELECT COUNT(*) FROM talk_postreaction r WHERE r.post_id = p.id AND r.sort = 'helpful')
OR p.agree <> (SELECT COUNT(*) FROM talk_postreaction r WHERE r.post_id = p.id AND r.sort = 'agree')
OR p.disagree <> (SELECT COUNT(*) FROM talk_postreaction r WHERE r.post_id = p.id AND r.sort = 'disagree');

-- name: nobody reacted to their own post
SELECT r.id FROM talk_postreaction r JOIN talk_post p ON p.id = r.post_id WHERE r.person_id = p.by_id;

-- name: a post is a person's, of the team of a brand or of none, and in the Talk of a brand or of none
SELECT p.id
FROM talk_post p
JOIN people_profile w ON w.id = p.by_id
LEFT JOIN people_profile b ON b.id = p.brand_id
LEFT JOIN people_profile c ON c.id = p.channel_id
WHERE w.sort <> 'person' OR b.sort <> 'brand' OR c.sort <> 'brand';

-- name: each post was recorded once, and once more to the brand's followers where its team speaks in its own Talk
SELECT p.id
FROM talk_post p
WHERE (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'post.made' AND x.subject_id = p.id) <> 1
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'post.told' AND x.subject_id = p.id AND x.actor_id = p.brand_id)
    <> CASE WHEN p.brand_id = p.channel_id THEN 1 ELSE 0 END;
-- ---- moderation

-- name: a case counts its reports, and each is of somebody else than whose thing it is
SELECT c.id
FROM moderation_case c
WHERE c.reports <> (SELECT COUNT(*) FROM moderation_report r WHERE r.case_id = c.id)
OR EXISTS (SELECT 1 FROM moderation_report r WHERE r.case_id = c.id AND r.by_id = c.owner_id);

-- name: a comment is hidden while a case says so, for the reason that the case gives
SELECT c.id
FROM talk_comment c
WHERE (c.state = 'hidden') <> EXISTS (
    SELECT 1 FROM moderation_case m
    WHERE m.subject_kind = 'comment' AND m.subject_id = c.id
    AND m.state IN ('hidden', 'appealed', 'upheld') AND (c.state <> 'hidden' OR m.reason = c.reason)
);

-- name: a post is hidden while a case says so, for the reason that the case gives
SELECT p.id
FROM talk_post p
WHERE (p.state = 'hidden') <> EXISTS (
    SELECT 1 FROM moderation_case m
    WHERE m.subject_kind = 'post' AND m.subject_id = p.id
    AND m.state IN ('hidden', 'appealed', 'upheld') AND (p.state <> 'hidden' OR m.reason = p.reason)
);

-- name: an idea is hidden while a case says so
SELECT i.id
FROM ideas_idea i
WHERE (i.hidden IS NOT NULL) <> EXISTS (
    SELECT 1 FROM moderation_case m
    WHERE m.subject_kind = 'idea' AND m.subject_id = i.id AND m.state IN ('hidden', 'appealed', 'upheld')
);

-- name: nobody decided about their own, and each removal and restoring is recorded once
SELECT c.id
FROM moderation_case c
WHERE c.owner_id = c.decided_by_id OR c.owner_id = c.answered_by_id OR c.owner_id = c.restored_by_id
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'thing.hidden' AND x.subject_id = c.id)
    <> CASE WHEN c.state IN ('hidden', 'appealed', 'upheld', 'restored') THEN 1 ELSE 0 END
OR (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'thing.restored' AND x.subject_id = c.id)
    <> CASE WHEN c.state = 'restored' THEN 1 ELSE 0 END;

-- ---- the gate

-- name: an idea has one open gate at a brand, and no draft or withdrawn idea has one
SELECT g.idea_id, g.brand_id FROM ideas_gate g WHERE g.state = 'open'
GROUP BY g.idea_id, g.brand_id HAVING COUNT(*) > 1
UNION ALL
SELECT g.idea_id, g.brand_id FROM ideas_gate g JOIN ideas_idea i ON i.id = g.idea_id
WHERE g.state = 'open' AND i.stage <> 'shape';
-- name: what was judged has its day and its reasons, and what did not pass says what would change it
SELECT g.id FROM ideas_gate g
WHERE g.state IN ('go', 'no', 'needs')
AND (g.decided IS NULL OR g.by_id IS NULL OR g.reasons = '' OR (g.state <> 'go' AND g.change = ''));
-- name: a go has its price, its smallest run and its published sheet
SELECT g.id FROM ideas_gate g
WHERE g.state = 'go' AND (
    g.price IS NULL OR g.run IS NULL
    OR NOT EXISTS (SELECT 1 FROM ideas_sheet s WHERE s.gate_id = g.id AND s.own AND s.published IS NOT NULL)
);
-- name: a sheet has one to five runs, and a piece of a larger one never costs more
SELECT s.id FROM ideas_sheet s
WHERE (SELECT COUNT(*) FROM ideas_run r WHERE r.sheet_id = s.id) NOT BETWEEN 1 AND 5
OR EXISTS (
    SELECT 1 FROM ideas_run a JOIN ideas_run b ON b.sheet_id = a.sheet_id AND b.pieces > a.pieces
    WHERE a.sheet_id = s.id AND b.unit > a.unit
);
-- name: a lead said yes to one go that stands, and nothing else of that idea is open
SELECT g.id FROM ideas_gate g
WHERE g.accepted IS NOT NULL AND (
    g.state <> 'go' OR g.undone IS NOT NULL
    OR EXISTS (SELECT 1 FROM ideas_gate o WHERE o.idea_id = g.idea_id AND o.id <> g.id AND (o.state = 'open' OR o.accepted IS NOT NULL))
);
-- name: an idea that is addressed to a brand is judged by nobody else
SELECT g.id FROM ideas_gate g JOIN ideas_idea i ON i.id = g.idea_id WHERE i.brand_id IS NOT NULL AND g.brand_id <> i.brand_id;

-- ---- improvements

-- name: an improvement counts its voices, and who asked first is one of them
SELECT i.id FROM improvements_improvement i
WHERE i.asks <> (SELECT COUNT(*) FROM improvements_voice v WHERE v.improvement_id = i.id)
OR NOT EXISTS (SELECT 1 FROM improvements_voice v WHERE v.improvement_id = i.id AND v.person_id = i.by_id);
-- name: what was taken in stands in a revision of its product, none before it was asked, answered by somebody
SELECT i.id FROM improvements_improvement i
WHERE (i.state = 'taken') <> (i.revision IS NOT NULL)
OR (i.state = 'taken' AND (
    i.revision < i.number OR i.answered IS NULL OR i.answered_by_id IS NULL
    OR NOT EXISTS (SELECT 1 FROM catalog_revision r WHERE r.product_id = i.product_id AND r.number = i.revision)
));
-- name: the revisions of a product are numbered from one without gaps, and it knows the newest
SELECT p.id FROM catalog_product p
WHERE p.revision <> (SELECT COUNT(*) FROM catalog_revision r WHERE r.product_id = p.id)
OR p.revision <> (SELECT MAX(r.number) FROM catalog_revision r WHERE r.product_id = p.id);
-- name: a revision says how many of those changes it took in that were asked for
SELECT r.id FROM catalog_revision r
WHERE r.asked <> (
    SELECT COUNT(*) FROM improvements_improvement i
    WHERE i.product_id = r.product_id AND i.state = 'taken' AND i.revision = r.number
);
-- name: an improvement is hidden while a case says so
SELECT i.id FROM improvements_improvement i
WHERE (i.hidden IS NOT NULL) <> EXISTS (
    SELECT 1 FROM moderation_case m
    WHERE m.subject_kind = 'improvement' AND m.subject_id = i.id AND m.state IN ('hidden', 'appealed', 'upheld')
);
-- ---- credit

-- name: the parts of a split come to the whole, and are twenty at most
SELECT s.id
FROM credit_split s
WHERE COALESCE((SELECT SUM(p.points) FROM credit_part p WHERE p.split_id = s.id), 0) <> 10000
OR (SELECT COUNT(*) FROM credit_part p WHERE p.split_id = s.id) > 20;

-- name: a split stands or stood once all have signed, and is proposed while somebody has not
SELECT s.id, s.state
FROM credit_split s
WHERE (s.stood IS NOT NULL AND EXISTS (SELECT 1 FROM credit_part p WHERE p.split_id = s.id AND p.signed IS NULL))
OR (s.state = 'proposed' AND NOT EXISTS (SELECT 1 FROM credit_part p WHERE p.split_id = s.id AND p.signed IS NULL))
OR (s.stood IS NOT NULL) <> (
    (SELECT COUNT(*) FROM activity_act x WHERE x.verb = 'split.stands' AND x.subject_id = s.id) = 1
);

-- name: the splits of an idea are numbered from 1 without a gap, and one that was replaced has one that stands
SELECT s.idea_id
FROM credit_split s
GROUP BY s.idea_id
HAVING MIN(s.number) <> 1 OR MAX(s.number) <> COUNT(*) OR (
    SUM(CASE WHEN s.state = 'replaced' THEN 1 ELSE 0 END) > 0
    AND SUM(CASE WHEN s.state = 'standing' THEN 1 ELSE 0 END) <> 1
);

-- name: a royalty is its rate of what was paid for its line less the tax, and goes from the brand that sold it
SELECT r.id, r.amount
FROM credit_royalty r
JOIN orders_orderline l ON l.id = r.line_id
JOIN orders_order o ON o.id = l.order_id
WHERE r.amount <> (2 * (l.amount - l.tax) * r.rate + 10000) / 20000
OR r.currency <> l.currency OR r.brand_id <> o.brand_id OR o.state <> 'paid';

-- name: a posted royalty stands in the books of those whom its split names, together just what it is
SELECT r.id, r.amount
FROM credit_royalty r
WHERE r.posted IS NOT NULL AND (
    r.amount <> COALESCE((
        SELECT -SUM(g.amount)
        FROM ledger_posting g
        JOIN ledger_cause c ON c.id = g.cause_id AND c.of_kind = 'order_line' AND c.of_id = r.line_id
        JOIN ledger_book b ON b.id = g.book_id AND b.name = 'royalties'
        JOIN credit_part p ON p.split_id = r.split_id AND p.person_id = b.owner_id
        WHERE g.rule = 'royalty' AND NOT g.balancing
    ), 0)
    OR NOT EXISTS (
        SELECT 1 FROM credit_split s WHERE s.id = r.split_id AND s.idea_id = r.idea_id AND s.stood IS NOT NULL
    )
);

-- name: of a royalty each creditor has their points of it, to within a penny
SELECT r.id, b.owner_id, g.amount
FROM credit_royalty r
JOIN ledger_cause c ON c.of_kind = 'order_line' AND c.of_id = r.line_id
JOIN ledger_posting g ON g.cause_id = c.id AND g.rule = 'royalty' AND NOT g.balancing
JOIN ledger_book b ON b.id = g.book_id
LEFT JOIN credit_part p ON p.split_id = r.split_id AND p.person_id = b.owner_id
WHERE p.id IS NULL OR ABS(-g.amount * 10000 - r.amount * p.points) >= 10000;

-- name: no royalty is posted that was not noted, nor waits when it was posted, nor comes from another than the brand
SELECT g.id
FROM ledger_posting g
JOIN ledger_cause c ON c.id = g.cause_id
JOIN ledger_book b ON b.id = g.book_id
LEFT JOIN credit_royalty r ON c.of_kind = 'order_line' AND r.line_id = c.of_id
WHERE g.rule = 'royalty' AND (
    r.id IS NULL OR r.posted IS NULL
    OR (g.balancing AND (b.name <> 'payable' OR b.owner_id <> r.brand_id OR g.amount <> r.amount))
);

-- name: no royalty waits for a signature where a split stands
SELECT r.id
FROM credit_royalty r
WHERE r.posted IS NULL AND r.dead IS NULL AND r.due > '9000-01-01'
AND EXISTS (SELECT 1 FROM credit_split s WHERE s.idea_id = r.idea_id AND s.stood IS NOT NULL);

-- name: payouts are numbered from 1 without a gap, and none is empty
SELECT p.number
FROM credit_payout p
WHERE p.number > (SELECT COUNT(*) FROM credit_payout)
OR NOT EXISTS (SELECT 1 FROM credit_payoutline l WHERE l.payout_id = p.id);

-- name: each line of a payout left the bank for its person once, and nothing else is paid out
SELECT l.id, l.amount
FROM credit_payoutline l
WHERE l.amount <> COALESCE((
    SELECT SUM(e.amount)
    FROM ledger_transaction t
    JOIN ledger_entry e ON e.transaction_id = t.id
    JOIN ledger_book b ON b.id = e.book_id
    WHERE t.key = 'payout line ' || l.id AND b.name = 'royalties' AND b.owner_id = l.person_id
    AND b.currency = l.currency
), 0)
UNION ALL
SELECT e.id, e.amount
FROM ledger_entry e
JOIN ledger_book b ON b.id = e.book_id AND b.name = 'royalties'
LEFT JOIN ledger_posting g ON g.id = e.posting_id
JOIN ledger_transaction t ON t.id = e.transaction_id
WHERE (g.id IS NULL AND t.key NOT LIKE 'payout line %') OR (g.id IS NOT NULL AND g.rule <> 'royalty');
-- ---- polls

-- name: a poll counts the people who answered it, and one that was taken back has none
SELECT p.id FROM polls_poll p
WHERE p.answers <> (SELECT COUNT(*) FROM polls_answer a WHERE a.poll_id = p.id)
OR (p.withdrawn IS NOT NULL AND p.answers <> 0);
-- name: a thing has five open polls at most, each on a seat of its own, and one price question
SELECT p.subject_kind, p.subject_id FROM polls_poll p WHERE p.closed IS NULL
GROUP BY p.subject_kind, p.subject_id
HAVING COUNT(*) > 5 OR COUNT(DISTINCT p.seat) <> COUNT(*) OR SUM(CASE WHEN p.sort = 'price' THEN 1 ELSE 0 END) > 1;
-- name: a poll has two to eight choices in words, or three to seven rising prices
SELECT p.id FROM polls_poll p
WHERE (SELECT COUNT(*) FROM polls_choice c WHERE c.poll_id = p.id AND (c.price IS NULL) = (p.sort <> 'price'))
    NOT BETWEEN CASE WHEN p.sort = 'price' THEN 3 ELSE 2 END AND CASE WHEN p.sort = 'price' THEN 7 ELSE 8 END
OR EXISTS (SELECT 1 FROM polls_choice c WHERE c.poll_id = p.id AND (c.price IS NULL) <> (p.sort <> 'price'))
OR EXISTS (
    SELECT 1 FROM polls_choice a JOIN polls_choice b ON b.poll_id = a.poll_id AND b.position > a.position
    WHERE a.poll_id = p.id AND b.price <= a.price
);
-- name: what was picked belongs to the poll that was answered
SELECT k.id FROM polls_pick k
JOIN polls_answer a ON a.id = k.answer_id JOIN polls_choice c ON c.id = k.choice_id
WHERE c.poll_id <> a.poll_id;
-- name: an answer ticks one choice or several, puts some in places without a gap, or says yes or no to each price
SELECT a.id FROM polls_answer a JOIN polls_poll p ON p.id = a.poll_id
WHERE NOT EXISTS (SELECT 1 FROM polls_pick k WHERE k.answer_id = a.id)
OR EXISTS (
    SELECT 1 FROM polls_pick k WHERE k.answer_id = a.id
    AND ((k.place IS NOT NULL) <> (p.sort = 'ranked') OR (k.yes IS NOT NULL) <> (p.sort = 'price'))
)
OR (p.sort = 'ranked' AND (SELECT COUNT(*) FROM polls_pick k WHERE k.answer_id = a.id)
    <> (SELECT MAX(k.place) FROM polls_pick k WHERE k.answer_id = a.id))
OR (p.sort = 'price' AND (SELECT COUNT(*) FROM polls_pick k WHERE k.answer_id = a.id)
    <> (SELECT COUNT(*) FROM polls_choice c WHERE c.poll_id = p.id))
OR (p.sort = 'options' AND NOT p.several AND (SELECT COUNT(*) FROM polls_pick k WHERE k.answer_id = a.id) <> 1);
-- name: a poll is hidden while a case says so
SELECT p.id FROM polls_poll p
WHERE (p.hidden IS NOT NULL) <> EXISTS (
    SELECT 1 FROM moderation_case m
    WHERE m.subject_kind = 'poll' AND m.subject_id = p.id AND m.state IN ('hidden', 'appealed', 'upheld')
);
