// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace geneglass {

/// The five characters that XML keeps for itself written out.
std::string escapedForXml(const std::string& text);

/// A chart drawn as one <svg> element, without scripts, fonts or anything from elsewhere. Values outside the
/// ranges are drawn at their edge.
class SvgChart final {
 public:
  struct Range {
    double low = 0;
    double high = 1;
  };
  /// The values in `steps` steps of a round length (1, 2, 2.5 or 5 times a power of ten), beginning with a
  /// whole number of them.
  static Range roundRange(double low, double high, int steps);

  using Points = std::vector<std::pair<double, double>>;

  /// Pixels of the whole picture; axes keep `left` and `below` of them free, a title `above`.
  SvgChart(int width, int height, Range x, Range y, int left = 46, int below = 38, int above = 26);

  void title(const std::string& text, const std::string& note = "");
  /// Lines and numbers at `steps` + 1 even places; a negative yDecimals leaves out the numbers beside them.
  void axes(const std::string& xName, const std::string& yName, int steps, int xDecimals, int yDecimals);
  void line(const Points& points, const std::string& colour, double width = 2, bool dashed = false);
  void band(const Points& low, const Points& high, const std::string& colour);
  void dots(const Points& points, const std::string& colour, double radius);
  /// At a place in values; anchor is start, middle or end.
  void label(double x, double y, const std::string& text, const std::string& colour,
             const std::string& anchor = "start");

  std::string svg() const;

 private:
  double atX(double x) const;
  double atY(double y) const;
  std::string path(const Points& points) const;

  int m_width;
  int m_height;
  Range m_x;
  Range m_y;
  int m_left;
  int m_below;
  int m_above;
  std::string m_body;
};

}  // namespace geneglass
