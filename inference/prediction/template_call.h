// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

namespace geneglass {

/// Of a single slide, which has no false discovery rate, from which p on there is no call.
inline constexpr double kMostTemplateChance = 0.05;

/// Which of K templates a slide's predicted genes are nearest to (methods.md section 5). Never shown without
/// how far it is to be believed: trustInWords().
struct TemplateCall {
  std::string target;                ///< "CMS"
  std::string source;                ///< the file of the templates
  std::vector<std::string> classes;  ///< K
  std::vector<double> distance;      ///< K, 0 to 1; the predictions as deviations from the mean of the
                                     ///< training's out-of-fold predictions, never from measured values
  size_t nearest = 0;                ///< class
  double p = 1;
  size_t rows = 0;                  ///< genes of the templates, those of two classes twice
  size_t predicted = 0;             ///< of them by the model
  size_t wellPredicted = 0;         ///< of those
  std::vector<double> shares = {};  ///< K: part of the tiles that each is nearest to; empty while tiles wait

  bool isCalled() const { return p <= kMostTemplateChance; }
};

/// The slide is called by p alone: "CMS2 (p 0.001)" or "no call (nearest CMS2, p 0.21)".
std::string inWords(const TemplateCall& call);

/// "by 61 of the 530 genes of the templates, 12 of them well predicted; never tested against measured CMS".
std::string trustInWords(const TemplateCall& call);

}  // namespace geneglass
