// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <fmt/format.h>

#include <string>

namespace geneglass {

/// Of marks in charts: what is well predicted, what is not, what is set against it.
inline constexpr const char *kBlue = "#0072b2", *kGrey = "#9aa3ab", *kRed = "#d55e00";

/// A number in large type over what it is.
inline std::string factOnPage(const std::string& value, const std::string& what) {
  return fmt::format("<div class=\"fact\"><b>{}</b><span>{}</span></div>\n", value, what);
}

/// How pages of an evaluation look; nothing in it comes from the network.
inline constexpr const char* kPageStyle = R"(<style>
body{font:14px/1.45 "Helvetica Neue",Arial,sans-serif;color:#20282f;background:#f6f7f8;margin:0}
main{max-width:1080px;margin:0 auto;padding:28px 32px 40px;background:#fff}
h1{font-size:25px;margin:0 0 2px}h2{font-size:16px;margin:30px 0 8px}
p{margin:4px 0}.soft{color:#5b6670;font-size:13px}
.use{display:inline-block;background:#fff3e6;color:#8a3c00;border:1px solid #f0c79c;border-radius:4px;padding:2px 9px;font-weight:600;font-size:13px}
.facts{display:flex;flex-wrap:wrap;gap:10px;margin:18px 0 0}
.fact{flex:1 1 96px;border:1px solid #e4e7ea;border-radius:6px;padding:10px 11px}
.fact b{display:block;font-size:23px;font-weight:600;color:#0072b2}.fact span{font-size:12px;color:#5b6670}
table{border-collapse:collapse;font-size:13px;margin:12px 0}th,td{text-align:left;padding:3px 12px 3px 0;border-bottom:1px solid #e4e7ea}
.row{display:flex;flex-wrap:wrap;gap:10px}svg{display:block;max-width:100%;height:auto}
svg text{font-family:"Helvetica Neue",Arial,sans-serif}
.t{font-size:13px;font-weight:600;fill:#20282f}.n{font-size:11px;font-weight:400;fill:#5b6670}
.a{font-size:10.5px;fill:#5b6670}.l{font-size:10.5px}
.key{font-size:12px;color:#5b6670}.key i{display:inline-block;width:10px;height:10px;border-radius:5px;margin:0 4px 0 12px}
footer{margin-top:30px;border-top:1px solid #e4e7ea;padding-top:10px;font-size:12px;color:#5b6670}
</style>)";

}  // namespace geneglass
