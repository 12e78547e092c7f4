// SPDX-License-Identifier: GPL-3.0-or-later
#include <fmt/format.h>

#include <cmath>

#include "app/pages/evaluation_page.h"
#include "app/pages/page_frame.h"
#include "app/pages/page_style.h"
#include "app/pages/svg_chart.h"

namespace geneglass {
namespace {

/// What a chart's two kinds of slide are called.
struct Kinds {
  std::string own, other;
};

std::string facts(const ClassScores& scores, const Kinds& kinds) {
  std::string text = "<div class=\"facts\">";
  text += factOnPage(
      std::to_string(scores.slides),
      fmt::format("slides of {} patients, {} with {}", scores.patients, scores.positives, kinds.own));
  text += factOnPage(fmt::format("{:.3f}", scores.auc),
                     fmt::format("AUC, 95 % interval {:.3f} to {:.3f}", scores.ci.low, scores.ci.high));
  text += factOnPage(fmt::format("{:.3f}", scores.accuracy),
                     fmt::format("accuracy at P = {:.2f}", scores.threshold));
  text += factOnPage(fmt::format("{:.3f}", scores.calibrationError), "expected calibration error, ten bins");
  if (scores.evidenceAuc)
    text += factOnPage(
        fmt::format("{:.3f}", *scores.evidenceAuc),
        fmt::format("AUC of the evidence map over tiles, against planted tumour, mean of {} slides",
                    scores.evidenceSlides));
  if (scores.allTilesAuc)
    text += factOnPage(fmt::format("{:.3f}", *scores.allTilesAuc),
                       "the same over the tiles of all slides together");
  return text + "</div>\n";
}

std::string rocChart(const ClassScores& scores, const Kinds& kinds) {
  SvgChart chart(330, 300, {0, 1}, {0, 1});
  chart.title("ROC curve", fmt::format("AUC {:.3f}", scores.auc));
  chart.axes(fmt::format("{} slides called {}", kinds.other, kinds.own),
             fmt::format("{} slides found", kinds.own), 5, 1, 1);
  chart.line({{0, 0}, {1, 1}}, "#b4bcc3", 1, true);
  SvgChart::Points points;
  for (const RocPoint& point : scores.roc) points.emplace_back(point.falsePositives, point.truePositives);
  chart.line(points, kBlue);
  return chart.svg();
}

std::string reliabilityChart(const ClassScores& scores, const Kinds& kinds) {
  SvgChart chart(330, 300, {0, 1}, {0, 1});
  chart.title("Reliability", "number of slides at each point");
  chart.axes(fmt::format("mean P({})", kinds.own), fmt::format("share with {}", kinds.own), 5, 1, 1);
  chart.line({{0, 0}, {1, 1}}, "#b4bcc3", 1, true);
  SvgChart::Points points;
  for (const ReliabilityBin& bin : scores.bins) {
    chart.line({{bin.predicted, bin.ci.low}, {bin.predicted, bin.ci.high}}, kBlue, 1.4);
    const bool high = bin.observed > 0.9;
    chart.label(bin.predicted + (bin.predicted > 0.9 ? -0.03 : 0.03), bin.observed + (high ? -0.05 : 0.05),
                std::to_string(bin.count), "#5b6670", bin.predicted > 0.9 ? "end" : "start");
    points.emplace_back(bin.predicted, bin.observed);
  }
  chart.dots(points, kBlue, 4);
  return chart.svg();
}

/// A dot a slide; the two kinds in rows, the dots of a row spread so that they can be told apart.
std::string probabilityChart(const ClassedSlides& slides, double threshold, const Kinds& kinds) {
  SvgChart chart(330, 300, {0, 1}, {0, 2});
  const std::string chance = fmt::format("P({})", kinds.own);
  chart.title("Every slide", chance + ", calibrated");
  chart.axes(chance, "", 5, 1, -1);
  chart.line({{threshold, 0}, {threshold, 2}}, "#b4bcc3", 1, true);
  SvgChart::Points own, others;
  for (size_t i = 0; i < slides.probabilities.size(); ++i) {
    const double spread = 0.2 + 0.6 * std::fmod(0.618034 * double(i), 1.0);
    (slides.positive[i] ? own : others)
        .emplace_back(slides.probabilities[i], slides.positive[i] ? 1 + spread : spread);
  }
  chart.dots(own, kRed, 3);
  chart.dots(others, kGrey, 3);
  return chart.svg();
}

std::string charts(const ClassScores& scores, const ClassedSlides& slides, const Kinds& kinds) {
  return fmt::format(
      "<h2>How well it tells {0} from {1}</h2><div class=\"row\">{2}{3}{4}</div><p class=\"key\"><i "
      "style=\"background:{5}\"></i>{0} slides<i style=\"background:{6}\"></i>{1} slides &nbsp; bars: 95 "
      "% "
      "intervals (Wilson) &nbsp; dashed: chance, perfect calibration, threshold</p>\n",
      kinds.own, kinds.other, rocChart(scores, kinds), reliabilityChart(scores, kinds),
      probabilityChart(slides, scores.threshold, kinds), kRed, kGrey);
}

/// What was found of each class.
std::string sections(const CallEvaluation& evaluation) {
  const CallScores& scores = evaluation.scores;
  if (scores.ofClass.size() == 1) {
    const Kinds kinds{escapedForXml(scores.classes[1]), escapedForXml(scores.classes[0])};
    return facts(scores.ofClass[0], kinds) + charts(scores.ofClass[0], evaluation.slides.against(1), kinds);
  }
  std::string text = "<div class=\"facts\">" +
                     factOnPage(fmt::format("{:.3f}", scores.accuracy), "accuracy of the likeliest class") +
                     "</div>\n";
  for (size_t each = 0; each < scores.ofClass.size(); ++each) {
    const Kinds kinds{escapedForXml(scores.classes[each]), "other"};
    text += facts(scores.ofClass[each], kinds) +
            charts(scores.ofClass[each], evaluation.slides.against(each), kinds);
  }
  return text;
}

std::string areas(const CallFacts& call) {
  std::string text;
  for (const ClassFacts& each : call.classes) {
    if (call.isDiagnosis() && &each != &call.positive()) continue;
    text += fmt::format("{}{}AUC {:.3f}, 95 % interval {:.3f} to {:.3f}", text.empty() ? "" : "; ",
                        call.isDiagnosis() ? "" : escapedForXml(each.name) + " ", each.auc, each.aucLow,
                        each.aucHigh);
  }
  return text;
}

constexpr const char* kWords =
    "<h2>What the figures mean</h2><p>A slide is one bag. The AUC's interval is a bootstrap by patient, "
    "widened to Newcombe's method 5 over patients, since resampling has no width where nothing is confused. "
    "P "
    "is calibrated (Platt) on scores that the model gave to training slides it had not seen. The evidence of "
    "a tile is what the head's classifier of single tiles says of it; it is not calibrated.</p>\n";

}  // namespace

std::string callPage(const ModelPackage& package, const CallEvaluation& evaluation) {
  const CallFacts& call = evaluation.call;
  return framedPage(package, call.isDiagnosis() ? "Diagnosis" : escapedForXml(call.target), evaluation.cohort,
                    paragraph("Training", call.statement) +
                        fmt::format("<p class=\"soft\">Out of fold, in training: {}.</p>", areas(call)),
                    sections(evaluation) + kWords);
}

}  // namespace geneglass
