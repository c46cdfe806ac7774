namespace AtlasCloud.Tests;

/// <summary>Text that ends an element, starts a comment, is a placeholder or a line separator, or controls a terminal.</summary>
internal static class HostilePrompts
{
    internal static readonly string[] All =
    [
        "</script><script>window.broken = 1</script>",
        "</SCRIPT ><img src=x onerror=window.broken=1>",
        "<!-- <script> --!> ]]>",
        "</title></style></textarea><svg onload=window.broken=1>",
        "&lt;/script&gt; &amp; &#x3C;",
        "\"'`;window.broken=1;//${window.broken=1}",
        "javascript:window.broken=1",
        "{{script}} {{data}} {{title}} {{unknown}}",
        "$& $1 $` $' $$",
        "line\u2028separator\u2029and\r\nbreaks\ttab",
        "\u202Egnp.exe \u200B\uFEFF",
        "\\u003c/script\\u003e \\",
        "emoji \U0001F98A, 灯台, مَنارة",
        "__proto__ constructor toString",
    ];
}
