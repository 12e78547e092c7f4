// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/repository/layer_rules.h"

#include <algorithm>
#include <regex>
#include <sstream>

#include "tests/repository/rooms.h"

namespace geneglass::testing {
namespace {

bool isOneOf(const std::string& text, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool isHeader(const std::string& path) {
  return path.ends_with(".h");
}

bool mayInclude(const Room& room, const std::string& name) {
  if (isOneOf(name, room.files)) return true;
  const Room* other = roomOf(name);
  return other && (other->folder == room.folder || other->folder == "viewer/foundation/" ||
                   isOneOf(other->folder, room.mayInclude));
}

/// Why this file may not include a file of the project; empty where it may.
std::string refusalOfOwn(const Room& room, const std::string& path, const std::string& name) {
  if (!mayInclude(room, name)) return "its room may not include";
  if (isOneOf(name, torchHeaders()) && isHeader(path) && !isOneOf(path, torchHeaders()))
    return "a header may not include";
  return "";
}

/// Why this file may not include a library's header; empty where it may.
std::string refusalOfLibrary(const Room& room, const std::string& path, const std::string& name) {
  const bool torch = name.starts_with("torch/") || name.starts_with("ATen/") || name.starts_with("c10/");
  if (torch && (!room.torch || (isHeader(path) && !isOneOf(path, torchHeaders()))))
    return "LibTorch is not for this file:";
  const bool openGl =
      name.starts_with("QOpenGL") || name.starts_with("GL/") || name.starts_with("QSurfaceFormat");
  if (openGl && !room.openGl) return "OpenGL is in viewer/canvas only:";
  const bool widgets =
      name.find("Widget") != std::string::npos || name == "QMainWindow" || name == "qcustomplot.h";
  if (widgets && !room.widgets) return "widgets are not for this room:";
  if (!room.qt && std::regex_match(name, std::regex("Q[A-Z].*"))) return "Qt is not for this room:";
  return "";
}

std::string refusal(const Room& room, const std::string& path, const std::string& name) {
  static const std::regex own("(viewer|inference|overlays|app|tests|generated)/.*");
  return std::regex_match(name, own) ? refusalOfOwn(room, path, name) : refusalOfLibrary(room, path, name);
}

/// A file and the header of its name are one.
std::string unitOf(const std::string& path) {
  return path.substr(0, path.rfind('.'));
}

/// Goes down the includes, depth first, and keeps the way it came.
class CircleSearch final {
 public:
  explicit CircleSearch(const std::map<std::string, std::set<std::string>>& includes)
      : m_includes(includes) {}

  std::vector<std::string> all() {
    for (const auto& [unit, names] : m_includes) visit(unit);
    return m_circles;
  }

 private:
  void visit(const std::string& unit) {
    const auto begin = std::find(m_way.begin(), m_way.end(), unit);
    if (begin != m_way.end()) {
      std::string circle = unit;
      for (auto step = begin + 1; step != m_way.end(); ++step) circle += " -> " + *step;
      m_circles.push_back("a circle of includes: " + circle + " -> " + unit);
      return;
    }
    if (!m_done.insert(unit).second) return;
    m_way.push_back(unit);
    if (const auto found = m_includes.find(unit); found != m_includes.end())
      for (const std::string& name : found->second) visit(name);
    m_way.pop_back();
  }

  const std::map<std::string, std::set<std::string>>& m_includes;
  std::vector<std::string> m_way;
  std::set<std::string> m_done;
  std::vector<std::string> m_circles;
};

}  // namespace

std::vector<std::string> includesOf(const std::string& text) {
  static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::vector<std::string> names;
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);)
    if (std::smatch match; std::regex_search(line, match, include)) names.push_back(match[1]);
  return names;
}

std::vector<std::string> violations(const std::string& path, const std::string& text) {
  std::vector<std::string> found;
  if (!text.starts_with("// SPDX-License-Identifier: GPL-3.0-or-later"))
    found.push_back(path + ": no licence line");
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (lines > 400) found.push_back(path + ": " + std::to_string(lines) + " lines, 400 are the most");
  if (path.starts_with("tests/")) return found;
  const Room* room = roomOf(path);
  if (!room) {
    found.push_back(path + ": in no room of the table");
    return found;
  }
  for (const std::string& name : includesOf(text)) {
    const std::string why = refusal(*room, path, name);
    if (!why.empty()) found.push_back(path + ": " + why + " " + name);
  }
  return found;
}

std::vector<std::string> circles(const std::map<std::string, std::string>& texts) {
  std::map<std::string, std::set<std::string>> includes;
  for (const auto& [path, text] : texts)
    for (const std::string& name : includesOf(text))
      if (texts.contains(name) && unitOf(name) != unitOf(path)) includes[unitOf(path)].insert(unitOf(name));
  return CircleSearch(includes).all();
}

}  // namespace geneglass::testing
