// How a page looks: by daylight and in the dark, on a desk and on a phone.

enum PageStyle {
    static let markup: Markup = """
        :root{color-scheme:light dark;--bg:#fff;--card:#f4f6f8;--ink:#1c2128;--soft:#566069;--rule:#d4dae0;--run:#0a5fc2;--hold:#9a5b00;
        --good:#1a7437;--bad:#c0242f;--up:26,140,70;--down:215,50,60}
        @media (prefers-color-scheme:dark){:root{--bg:#0f1318;--card:#1a2028;--ink:#e4e9ee;--soft:#9aa5b1;--rule:#323b46;--run:#5aa2ff;
        --hold:#e0a03a;--good:#4cc26a;--bad:#ff7b72;--up:46,160,80;--down:230,70,70}}
        *{box-sizing:border-box}
        body{margin:0;background:var(--bg);color:var(--ink);font:15px/1.5 system-ui,sans-serif}
        main{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
        h1{font-size:1.7rem;line-height:1.2;margin:0;overflow-wrap:anywhere}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
        h3{font-size:1rem;margin:1.2rem 0 .4rem}h4{font-size:.88rem;font-weight:500;color:var(--soft);margin:.4rem 0}
        small{color:var(--soft);font-weight:400;font-size:.85em}h1 small{font-size:.55em;white-space:nowrap}
        .lead{margin:.3rem 0 1rem;color:var(--soft)}
        .facts{display:grid;grid-template-columns:6rem 1fr;gap:.25rem 1rem;margin:0}.facts dt{color:var(--soft)}
        .facts dd{margin:0;overflow-wrap:anywhere}
        .cards{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:.6rem;margin:0 0 1.2rem}
        .cards div{background:var(--card);border:1px solid var(--rule);border-radius:.5rem;padding:.6rem .8rem}
        .cards dt{color:var(--soft);font-size:.85rem}.cards dd{margin:.1rem 0 0;font-size:1.25rem;font-variant-numeric:tabular-nums}
        .cards dd small{font-size:.8rem}
        .legend{margin:0 0 .5rem}.key{white-space:nowrap;margin-right:.9rem}
        .key::before{content:"";display:inline-block;width:1.3em;height:0;border-top:3px solid;margin-right:.45em;vertical-align:.25em}
        .key.run::before{color:var(--run)}.key.hold::before{color:var(--hold);border-top-style:dashed}
        .key.buy::before,.key.won::before,.key.lost::before{width:.6em;height:.6em;border:0;vertical-align:0;background:var(--run);
        border-radius:50%}
        .key.won::before,.key.lost::before{background:var(--good);border-radius:0}.key.lost::before{background:var(--bad)}
        .plot{position:relative;height:9rem;margin:0 0 2rem 4.2rem}.plot.tall{height:17rem}
        .plot svg{display:block;width:100%;height:100%;overflow:visible}
        .plot path{fill:none;vector-effect:non-scaling-stroke;stroke-linejoin:round}
        .plot .grid{stroke:var(--rule);stroke-width:1}
        .plot .line{stroke-width:1.8}.plot .line.run{stroke:var(--run)}
        .plot .line.hold{stroke:var(--hold);stroke-dasharray:5 3;stroke-width:1.4}.plot .line.price{stroke:var(--soft);stroke-width:1}
        .plot .fill.run{fill:var(--run);fill-opacity:.2}.plot .fill.band{fill:var(--soft);fill-opacity:.3}
        .plot .mark{stroke-width:5.5}.plot .mark.small{stroke-width:3.5}.plot .mark.buy{stroke:var(--run);stroke-linecap:round}
        .plot .mark.won{stroke:var(--good);stroke-linecap:square}.plot .mark.lost{stroke:var(--bad);stroke-linecap:square}
        .plot .wick{stroke-width:1}.plot .body{stroke-width:3.5}.plot .up{stroke:var(--good)}.plot .down{stroke:var(--bad)}
        .plot .candle{opacity:.55}
        .plot .way{stroke-width:1.4}.plot .way.won{stroke:var(--good)}.plot .way.lost{stroke:var(--bad)}
        .ys span,.xs span{position:absolute;color:var(--soft);font-size:.75rem;line-height:1;white-space:nowrap;
        font-variant-numeric:tabular-nums}
        .ys span{right:100%;margin-right:.5rem;transform:translateY(-50%)}.xs span{top:100%;margin-top:.5rem;transform:translateX(-50%)}
        .scroll{overflow-x:auto}
        table{border-collapse:collapse;font-size:.88rem;font-variant-numeric:tabular-nums;min-width:100%}
        caption{text-align:left;color:var(--soft);padding-bottom:.4rem}
        th,td{padding:.25rem .6rem;border-bottom:1px solid var(--rule);text-align:left;white-space:nowrap}
        thead th{color:var(--soft);font-weight:500}tbody th{font-weight:500}.n{text-align:right}.gap{text-align:center;color:var(--soft)}
        td.won{color:var(--good)}td.lost{color:var(--bad)}
        .months td,.months th{padding:.3rem .45rem}
        .up1{background:rgba(var(--up),.08)}.up2{background:rgba(var(--up),.16)}.up3{background:rgba(var(--up),.24)}
        .up4{background:rgba(var(--up),.32)}.up5{background:rgba(var(--up),.4)}
        .down1{background:rgba(var(--down),.08)}.down2{background:rgba(var(--down),.16)}.down3{background:rgba(var(--down),.24)}
        .down4{background:rgba(var(--down),.32)}.down5{background:rgba(var(--down),.4)}
        .bar{display:inline-block;width:8rem;height:.7rem;background:var(--card);border-radius:.2rem;overflow:hidden;margin-right:.4rem}
        .bar i{display:block;height:100%;background:var(--run)}
        code{font:.9em ui-monospace,monospace;color:var(--soft)}
        ul{padding-left:1.2rem;margin:.3rem 0}li{margin:.2rem 0}
        footer{margin-top:2.5rem;border-top:1px solid var(--rule);color:var(--soft);font-size:.85rem}
        @media (max-width:36rem){main{padding:1rem .8rem 2rem}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
        .plot{margin-left:3.4rem;height:8rem}.plot.tall{height:13rem}\
        .legend small{display:block}.cards{grid-template-columns:1fr 1fr}.cards dd{font-size:1.1rem}.bar{width:4rem}
        th,td{padding:.25rem .35rem}.xs span:nth-child(even){display:none}.plot .body{stroke-width:1.6}}
        @media print{.scroll{overflow:visible}section{break-inside:avoid}}

        """
}
