// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/pages/svg_chart.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace geneglass {
namespace {

constexpr int kRight = 12;
constexpr const char* kGrid = "#e4e7ea";

}  // namespace

std::string escapedForXml(const std::string& text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else if (c == '\'')
      escaped += "&#39;";
    else
      escaped += c;
  }
  return escaped;
}

SvgChart::Range SvgChart::roundRange(double low, double high, int steps) {
  const double least = std::max(high - low, 1e-9) / steps;
  for (double power = std::pow(10, std::floor(std::log10(least)));; power *= 10)
    for (const double factor : {1.0, 2.0, 2.5, 5.0}) {
      const double step = factor * power, first = std::floor(low / step + 1e-9) * step;
      if (first + steps * step >= high - 1e-9 * step) return {first, first + steps * step};
    }
}

SvgChart::SvgChart(int width, int height, Range x, Range y, int left, int below, int above)
    : m_width(width), m_height(height), m_x(x), m_y(y), m_left(left), m_below(below), m_above(above) {}

double SvgChart::atX(double x) const {
  const double share = std::clamp((x - m_x.low) / (m_x.high - m_x.low), 0.0, 1.0);
  return m_left + share * (m_width - m_left - kRight);
}

double SvgChart::atY(double y) const {
  const double share = std::clamp((y - m_y.low) / (m_y.high - m_y.low), 0.0, 1.0);
  return m_height - m_below - share * (m_height - m_below - m_above);
}

std::string SvgChart::path(const Points& points) const {
  std::string text;
  for (const auto& [x, y] : points) text += fmt::format("{:.1f},{:.1f} ", atX(x), atY(y));
  return text;
}

void SvgChart::title(const std::string& text, const std::string& note) {
  m_body += fmt::format(R"(<text x="{}" y="15" class="t">{}<tspan class="n" dx="8">{}</tspan></text>)",
                        m_left, escapedForXml(text), escapedForXml(note));
}

void SvgChart::axes(const std::string& xName, const std::string& yName, int steps, int xDecimals,
                    int yDecimals) {
  for (int i = 0; i <= steps; ++i) {
    const double x = m_x.low + (m_x.high - m_x.low) * i / steps,
                 y = m_y.low + (m_y.high - m_y.low) * i / steps;
    m_body += fmt::format(R"(<path d="M{:.1f} {}V{}M{} {:.1f}H{}" stroke="{}" fill="none"/>)", atX(x),
                          m_above, m_height - m_below, m_left, atY(y), m_width - kRight, kGrid);
    m_body += fmt::format(R"(<text x="{:.1f}" y="{}" class="a" text-anchor="middle">{:.{}f}</text>)", atX(x),
                          m_height - m_below + 13, x, xDecimals);
    if (yDecimals >= 0)
      m_body += fmt::format(R"(<text x="{}" y="{:.1f}" class="a" text-anchor="end">{:.{}f}</text>)",
                            m_left - 5, atY(y) + 3.5, y, yDecimals);
  }
  m_body += fmt::format(R"(<text x="{}" y="{}" class="a" text-anchor="middle">{}</text>)",
                        (m_left + m_width - kRight) / 2, m_height - 8, escapedForXml(xName));
  const int middle = (m_above + m_height - m_below) / 2;
  m_body += fmt::format(
      R"svg(<text x="11" y="{0}" class="a" text-anchor="middle" transform="rotate(-90 11 {0})">{1}</text>)svg",
      middle, escapedForXml(yName));
}

void SvgChart::line(const Points& points, const std::string& colour, double width, bool dashed) {
  m_body += fmt::format(R"(<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"{}/>)",
                        path(points), colour, width, dashed ? R"( stroke-dasharray="4 4")" : "");
}

void SvgChart::band(const Points& low, const Points& high, const std::string& colour) {
  Points around = low;
  around.insert(around.end(), high.rbegin(), high.rend());
  m_body += fmt::format(R"(<polygon points="{}" fill="{}" fill-opacity="0.16"/>)", path(around), colour);
}

void SvgChart::dots(const Points& points, const std::string& colour, double radius) {
  for (const auto& [x, y] : points)
    m_body += fmt::format(R"(<circle cx="{:.1f}" cy="{:.1f}" r="{}" fill="{}" fill-opacity="0.75"/>)", atX(x),
                          atY(y), radius, colour);
}

void SvgChart::label(double x, double y, const std::string& text, const std::string& colour,
                     const std::string& anchor) {
  m_body += fmt::format(R"(<text x="{:.1f}" y="{:.1f}" class="l" fill="{}" text-anchor="{}">{}</text>)",
                        atX(x), atY(y) + 3.5, colour, anchor, escapedForXml(text));
}

std::string SvgChart::svg() const {
  return fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}">{2}</svg>)",
      m_width, m_height, m_body);
}

}  // namespace geneglass
