// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/genes/gene_set_choice.h"

#include <QComboBox>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QInputDialog>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace geneglass {

QString knownText(const GeneSet& set, const Prediction& prediction) {
  std::unordered_map<std::string_view, bool> known;
  for (const GenePrediction& gene : prediction.genes) known.emplace(gene.symbol, gene.wellPredicted);
  int well = 0;
  QStringList missing;
  for (const std::string& symbol : set.genes) {
    const auto gene = known.find(symbol);
    if (gene == known.end())
      missing << QString::fromStdString(symbol);
    else
      well += gene->second;
  }
  QString text =
      GeneSetChoice::tr("%1 of %n gene(s) well predicted", nullptr, int(set.genes.size())).arg(well);
  if (missing.isEmpty()) return text;
  constexpr qsizetype kNamed = 6;
  const QString named = missing.mid(0, kNamed).join(QStringLiteral(", "));
  text += GeneSetChoice::tr(", %n not in this model: %1", nullptr, int(missing.size())).arg(named);
  return missing.size() > kNamed ? text + QStringLiteral(", …") : text;
}

GeneSetChoice::GeneSetChoice(QWidget* parent)
    : QWidget(parent),
      m_own(keptGeneSets()),
      m_sets(new QComboBox),
      m_map(new QPushButton(tr("Mean"))),
      m_known(new QLabel),
      m_mean(new QLabel) {
  m_sets->setAccessibleName(tr("Genes that are listed"));
  m_sets->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  m_sets->setMinimumContentsLength(10);
  m_map->setCheckable(true);
  m_map->setToolTip(
      tr("Shows the mean of the set's well predicted genes as one map, each in standard "
         "deviations of its training labels"));
  auto* more = new QToolButton;
  more->setText(tr("Sets"));
  more->setAccessibleName(tr("Own gene sets"));
  more->setPopupMode(QToolButton::InstantPopup);
  auto* menu = new QMenu(more);
  connect(menu->addAction(tr("&Type a Set…")), &QAction::triggered, this, &GeneSetChoice::askForGenes);
  connect(menu->addAction(tr("&Read Sets from a File…")), &QAction::triggered, this,
          &GeneSetChoice::askForFile);
  connect(menu->addAction(tr("&Forget Own Sets")), &QAction::triggered, this, [this] {
    m_own.clear();
    keepGeneSets(m_own);
    fill({});
  });
  more->setMenu(menu);
  m_known->setWordWrap(true);
  auto* row = new QHBoxLayout;
  row->addWidget(m_sets, 1);
  row->addWidget(m_map);
  row->addWidget(more);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(2);
  layout->addLayout(row);
  layout->addWidget(m_known);
  layout->addWidget(m_mean);
  m_mean->setWordWrap(true);
  m_mean->hide();
  connect(m_sets, &QComboBox::activated, this, &GeneSetChoice::choose);
  connect(m_map, &QPushButton::toggled, this, &GeneSetChoice::mapWanted);
  fill({});
}

void GeneSetChoice::showPrediction(std::shared_ptr<const Prediction> prediction) {
  m_prediction = std::move(prediction);
  fill(m_set);
}

void GeneSetChoice::list(const std::optional<GeneSet>& set) {
  const QSignalBlocker quiet(m_map);
  m_kept = set;
  fill(set);
}

/// The model's groups first. What was chosen stays where it is still listed.
void GeneSetChoice::fill(const std::optional<GeneSet>& wanted) {
  m_listed.clear();
  m_sets->clear();
  m_sets->addItem(tr("All genes"));
  if (m_prediction)
    for (const GeneGroup& group : m_prediction->panel.groups) {
      GeneSet set{group.title.empty() ? group.name : group.title, {}};
      for (const PanelGene& gene : group.genes) set.genes.push_back(gene.symbol);
      if (!set.genes.empty()) m_listed.push_back(std::move(set));
    }
  m_listed.insert(m_listed.end(), m_own.begin(), m_own.end());
  if (m_kept && std::ranges::find(m_listed, *m_kept) == m_listed.end()) m_listed.push_back(*m_kept);
  for (const GeneSet& set : m_listed) m_sets->addItem(QString::fromStdString(set.name));
  if (!wanted) return choose(0);
  auto found = std::ranges::find(m_listed, *wanted);
  if (found == m_listed.end()) found = std::ranges::find(m_listed, wanted->name, &GeneSet::name);
  choose(found == m_listed.end() ? 0 : int(found - m_listed.begin()) + 1);
}

void GeneSetChoice::choose(int entry) {
  m_sets->setCurrentIndex(entry);
  auto set = entry > 0 ? std::optional(m_listed[size_t(entry) - 1]) : std::nullopt;
  const bool other = set != m_set;
  m_set = std::move(set);
  if (other || !m_set) m_map->setChecked(false);
  m_map->setEnabled(m_set.has_value());
  tellKnown();
  if (other) Q_EMIT chosen();
}

void GeneSetChoice::tellKnown() {
  m_known->setVisible(m_set && m_prediction);
  if (m_set && m_prediction) m_known->setText(knownText(*m_set, *m_prediction));
}

void GeneSetChoice::showMean(const QString& text) {
  m_mean->setText(text);
  m_mean->setVisible(!text.isEmpty());
}

void GeneSetChoice::showMap(bool on) {
  const QSignalBlocker quiet(m_map);
  m_map->setChecked(on);
}

void GeneSetChoice::askForGenes() {
  auto* dialog = new QInputDialog(this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setWindowTitle(tr("A gene set"));
  dialog->setLabelText(
      tr("Its name on the first line, then its genes, with blanks, commas or lines between."));
  dialog->setOption(QInputDialog::UsePlainTextEditForTextInput);
  connect(dialog, &QInputDialog::textValueSelected, this, [this](const QString& typed) {
    const QString name = typed.section(u'\n', 0, 0).trimmed();
    const GeneSet set{name.toStdString(), genesIn(typed.section(u'\n', 1).toStdString())};
    if (set.name.empty() || set.genes.empty())
      Q_EMIT refused(tr("A gene set needs a name on the first line and a gene below it."));
    else
      add({set});
  });
  dialog->open();
}

void GeneSetChoice::askForFile() {
  auto* dialog = new QFileDialog(this, tr("Read gene sets"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFile);
  dialog->setNameFilters({tr("Gene sets (*.gmt *.txt *.grp *.csv)"), tr("All files (*)")});
  connect(dialog, &QFileDialog::fileSelected, this,
          [this](const QString& file) { read(file.toStdString()); });
  dialog->open();
}

void GeneSetChoice::read(const std::filesystem::path& file) {
  m_reading.add(
      [this, file] {
        const auto take = [this, sets = readGeneSets(file)] {
          if (sets)
            add(*sets);
          else
            Q_EMIT refused(QString::fromStdString(sets.error().sentence));
        };
        QMetaObject::invokeMethod(this, take, Qt::QueuedConnection);
      },
      {});
}

/// One of a name that is known already takes its place.
void GeneSetChoice::add(const std::vector<GeneSet>& sets) {
  for (const GeneSet& set : sets) {
    std::erase_if(m_own, [&](const GeneSet& own) { return own.name == set.name; });
    m_own.push_back(set);
  }
  keepGeneSets(m_own);
  fill(sets.front());
}

}  // namespace geneglass
