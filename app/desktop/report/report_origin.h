// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/desktop/case/case_view.h"
#include "app/desktop/layers/overlay_settings.h"
#include "app/desktop/session/slide_colours.h"
#include "viewer/foundation/geometry.h"

namespace geneglass {

/// What a report was made of and what was looked at then: it stands in the report's file, so that the file
/// opens the same again. Plain; any thread.
struct ReportOrigin {
  std::filesystem::path slideFile;  ///< absolute; empty in an anonymised report
  std::string slideHash;
  Size slideSize;
  std::optional<double> userMpp;   ///< entered by hand, micrometres per level-0 pixel; none: as the file says
  std::filesystem::path caseFile;  ///< absolute; empty: none, or anonymised
  CaseView view;
  std::string gene;  ///< symbol; empty for none
  std::string modelName;
  std::string modelHash;  ///< empty without a prediction
  std::vector<OverlaySetting> overlays;
  PictureChoice picture;
  bool operator==(const ReportOrigin&) const = default;
};

/// One line of JSON, and back; nothing of a text that is none, or of a newer version's.
std::string textOf(const ReportOrigin& origin);
std::optional<ReportOrigin> originOf(std::string_view text);

}  // namespace geneglass
