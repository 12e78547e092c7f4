// SPDX-License-Identifier: GPL-3.0-or-later
#include "inference/prediction/template_call.h"

#include <fmt/format.h>

namespace geneglass {

std::string inWords(const TemplateCall& call) {
  const std::string& name = call.classes[call.nearest];
  return call.isCalled() ? fmt::format("{} (p {:.3f})", name, call.p)
                         : fmt::format("no call (nearest {}, p {:.3f})", name, call.p);
}

std::string trustInWords(const TemplateCall& call) {
  return fmt::format(
      "by {} of the {} genes of the templates, {} of them well predicted; never tested against "
      "measured {}",
      call.predicted, call.rows, call.wellPredicted, call.target);
}

}  // namespace geneglass
