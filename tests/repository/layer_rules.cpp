// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/repository/layer_rules.h"

#include <algorithm>
#include <regex>
#include <sstream>

namespace geneglass::testing {
namespace {

/// A folder, the project folders it may include from, and the kinds of library it may use. The longest match
/// counts.
struct Layer {
  std::string folder;
  std::vector<std::string> mayInclude;
  bool qt = false;
  bool widgets = false;
  bool openGl = false;
  bool torch = false;
};

const std::vector<Layer>& layers() {
  static const std::vector<Layer> table{
      {"viewer/slide/", {"viewer/slide/"}},
      {"viewer/canvas/", {"viewer/slide/", "viewer/canvas/"}, true, true, true, false},
      {"inference/", {"viewer/slide/", "inference/"}, false, false, false, true},
      {"inference/learning/", {"viewer/slide/", "inference/"}, false, false, false, true},
      {"overlays/", {"viewer/slide/", "viewer/canvas/", "inference/", "overlays/"}, true, true, false, false},
      {"app/command_line/",
       {"viewer/slide/", "inference/", "app/command_line/", "app/progress_line.h", "generated/"},
       true},
      {"app/desktop/",
       {"viewer/slide/", "viewer/canvas/", "inference/", "overlays/", "app/desktop/", "app/progress_line.h",
        "generated/"},
       true,
       true,
       false,
       false},
  };
  return table;
}

/// LibTorch's modules are templates over their own type, so the networks need a header, and so does what is
/// said about tensors between the .cpp files of learning. No other header includes these.
const std::vector<std::string> torchHeaders{"inference/torch/torch_modules.h",
                                            "inference/torch/torch_gated_attention.h",
                                            "inference/torch/residual_modules.h",
                                            "inference/learning/heads/adam_state.h",
                                            "inference/learning/pretraining/contrast_loss.h",
                                            "inference/learning/pretraining/contrast_step.h",
                                            "inference/learning/heads/bag_loss.h",
                                            "inference/learning/heads/head_module.h",
                                            "inference/learning/heads/epochs.h"};

const Layer* layerOf(const std::string& path) {
  const Layer* found = nullptr;
  for (const Layer& layer : layers())
    if (path.starts_with(layer.folder) && (!found || layer.folder.size() > found->folder.size()))
      found = &layer;
  return found;
}

bool startsWithAny(const std::string& text, const std::vector<std::string>& starts) {
  return std::any_of(starts.begin(), starts.end(),
                     [&](const auto& start) { return text.starts_with(start); });
}

bool isOneOf(const std::string& text, const std::vector<std::string>& texts) {
  return std::find(texts.begin(), texts.end(), text) != texts.end();
}

bool isHeader(const std::string& path) {
  return path.ends_with(".h");
}

/// Why this file may not include `name`; empty where it may.
std::string refusal(const Layer& layer, const std::string& path, const std::string& name) {
  static const std::vector<std::string> project{"viewer/", "inference/", "overlays/",
                                                "app/",    "tests/",     "generated/"};
  if (startsWithAny(name, project)) {
    if (!startsWithAny(name, layer.mayInclude)) return "its layer may not include";
    if (layer.folder == "inference/" && name.starts_with("inference/learning/"))
      return "inference may not include learning:";
    if (isOneOf(name, torchHeaders) && isHeader(path) && !isOneOf(path, torchHeaders))
      return "a header may not include";
    return "";
  }
  const bool torch = name.starts_with("torch/") || name.starts_with("ATen/") || name.starts_with("c10/");
  if (torch && (!layer.torch || (isHeader(path) && !isOneOf(path, torchHeaders))))
    return "LibTorch is not for this file:";
  const bool openGl =
      name.starts_with("QOpenGL") || name.starts_with("GL/") || name.starts_with("QSurfaceFormat");
  if (openGl && !layer.openGl) return "OpenGL is in viewer/canvas only:";
  const bool widgets =
      name.find("Widget") != std::string::npos || name == "QMainWindow" || name == "qcustomplot.h";
  if (widgets && !layer.widgets) return "widgets are not for this layer:";
  if (!layer.qt && std::regex_match(name, std::regex("Q[A-Z].*"))) return "Qt is not for this layer:";
  return "";
}

}  // namespace

std::vector<std::string> violations(const std::string& path, const std::string& text) {
  std::vector<std::string> found;
  if (!text.starts_with("// SPDX-License-Identifier: GPL-3.0-or-later"))
    found.push_back(path + ": no licence line");
  const auto lines = std::count(text.begin(), text.end(), '\n');
  if (lines > 400 && text.find("over 400 lines:") == std::string::npos)
    found.push_back(path + ": " + std::to_string(lines) + " lines and no reason given");
  const Layer* layer = layerOf(path);
  if (!layer) return found;
  static const std::regex include(R"re(^\s*#\s*include\s*[<"]([^>"]+)[>"])re");
  std::istringstream stream(text);
  for (std::string line; std::getline(stream, line);) {
    std::smatch match;
    if (!std::regex_search(line, match, include)) continue;
    const std::string why = refusal(*layer, path, match[1]);
    if (!why.empty()) found.push_back(path + ": " + why + " " + match[1].str());
  }
  return found;
}

}  // namespace geneglass::testing
