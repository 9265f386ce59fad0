;;; copydesk.el --- Checks drafts of news articles against an archive  -*- lexical-binding: t; -*-

;; SPDX-License-Identifier: MIT OR Apache-2.0
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: text, tools

;;; Commentary:

;; Makes `copydesk lsp' known to eglot and to lsp-mode, and asks it what the protocol has no question for: who somebody is, what a draft says,
;; what is found in all drafts.

;;; Code:

(require 'cl-lib)
(require 'seq)
(require 'subr-x)
(require 'url-util)

(declare-function eglot-current-server "eglot")
(declare-function jsonrpc-request "jsonrpc")
(declare-function lsp-request "lsp-mode")
(declare-function lsp-workspaces "lsp-mode")
(declare-function lsp-register-client "lsp-mode")
(declare-function make-lsp-client "lsp-mode")
(declare-function lsp-stdio-connection "lsp-mode")
(defvar eglot-server-programs)
(defvar lsp-language-id-configuration)

(defgroup copydesk nil "Checks drafts of news articles against an archive." :group 'text)

(defcustom copydesk-command '("copydesk" "lsp")
  "The program, and how it is started as a language server."
  :type '(repeat string))

(defconst copydesk-modes '(markdown-mode gfm-mode text-mode html-mode mhtml-mode)
  "The modes of drafts.")

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs (cons copydesk-modes copydesk-command)))

(with-eval-after-load 'lsp-mode
  (add-to-list 'lsp-language-id-configuration '(text-mode . "plaintext"))
  (let ((handlers (make-hash-table :test 'equal)))
    ;; The line above a headline.
    (puthash "copydesk.dossier" (lambda (_) (copydesk-dossier)) handlers)
    (lsp-register-client
     (make-lsp-client :new-connection (lsp-stdio-connection (lambda () copydesk-command))
                      :major-modes copydesk-modes
                      :server-id 'copydesk
                      :add-on? t
                      :action-handlers handlers))))

(defun copydesk--ask (method params)
  "The answer of the server to METHOD with PARAMS, in plists and vectors."
  (cond ((and (fboundp 'lsp-workspaces) (lsp-workspaces))
         (copydesk--plist (lsp-request method params)))
        ((and (fboundp 'eglot-current-server) (eglot-current-server))
         (jsonrpc-request (eglot-current-server) (intern (concat ":" method)) params))
        (t (user-error "No server runs here: M-x eglot or M-x lsp"))))

(defun copydesk--plist (answer)
  "ANSWER of lsp-mode, which has hash tables or plists, as plists."
  (cond ((hash-table-p answer)
         (let (plist)
           (maphash (lambda (key value) (setq plist (nconc (list (intern (concat ":" key)) (copydesk--plist value)) plist))) answer)
           plist))
        ((vectorp answer) (cl-map 'vector #'copydesk--plist answer))
        ((and (consp answer) (not (keywordp (car answer)))) (mapcar #'copydesk--plist answer))
        (t answer)))

(defun copydesk--document ()
  "The document of this buffer, as a question names it."
  (and buffer-file-name
       (list :textDocument (list :uri (concat "file://" (url-hexify-string (file-truename buffer-file-name) url-path-allowed-chars))))))

(defun copydesk--counted (count what)
  (format "%d %s%s" count what (if (= count 1) "" "s")))

;;;###autoload
(defun copydesk-who (name)
  "Show what the archive attests of NAME."
  (interactive (list (read-string "Who is: " (if (use-region-p) (buffer-substring-no-properties (region-beginning) (region-end)) (thing-at-point 'word t)))))
  (let ((answer (copydesk--ask "copydesk/who" (append (list :name name) (copydesk--document)))))
    (with-help-window "*copydesk who*"
      (with-current-buffer standard-output
        (insert (plist-get answer :markdown))
        (when (fboundp 'gfm-view-mode) (gfm-view-mode))))))

;;;###autoload
(defun copydesk-check ()
  "Count what is found in all drafts of the desk."
  (interactive)
  (let* ((count (copydesk--ask "copydesk/check" (make-hash-table)))
         (found (cl-loop for (key . what) in '((:errors . "error") (:warnings . "warning") (:infos . "remark") (:hints . "hint"))
                         unless (zerop (plist-get count key)) collect (copydesk--counted (plist-get count key) what))))
    (message "%s checked: %s" (copydesk--counted (plist-get count :drafts) "draft")
             (if found (string-join found ", ") "nothing to report"))))

;;;###autoload
(defun copydesk-reload ()
  "Read configurations, stylebooks and sources again."
  (interactive)
  (copydesk--ask "workspace/executeCommand" '(:command "copydesk.reload" :arguments []))
  (message "The archive is being read again"))

;;;###autoload
(defun copydesk-explain (rule)
  "Show the page of RULE."
  (interactive
   (list (completing-read "Rule: " (mapcar (lambda (rule) (plist-get rule :name)) (copydesk--ask "copydesk/rules" (make-hash-table))) nil t)))
  (let* ((rules (copydesk--ask "copydesk/rules" (make-hash-table)))
         (found (seq-find (lambda (one) (equal (plist-get one :name) rule)) rules))
         (page (plist-get found :page)))
    (unless found (user-error "There is no rule %s" rule))
    (with-help-window "*copydesk rule*"
      (with-current-buffer standard-output
        (if page
            (insert-file-contents (url-unhex-string (string-remove-prefix "file://" page)))
          (insert (plist-get found :summary)))
        (when (fboundp 'gfm-view-mode) (gfm-view-mode))))))

(defun copydesk--go (file position)
  "Show POSITION of FILE in another window."
  (find-file-other-window file)
  (goto-char (point-min))
  (forward-line (plist-get position :line))
  (move-to-column (plist-get position :character)))

(defun copydesk--insert-lead (label file range)
  "Insert a line LABEL that leads to RANGE of FILE, where there is one."
  (let ((label (replace-regexp-in-string "[ \n]+" " " label)))
    (if range
        (insert-text-button label 'action (lambda (_) (copydesk--go file (plist-get range :start))) 'follow-link t)
      (insert label))
    (insert "\n")))

(defun copydesk--insert-sources (sources)
  (seq-doseq (source sources)
    (let ((place (plist-get source :location)))
      (insert "      ")
      (copydesk--insert-lead (format "%s: %s" (plist-get source :attribution) (plist-get source :sentence))
                             (and place (url-unhex-string (string-remove-prefix "file://" (plist-get place :uri))))
                             (and place (plist-get place :range))))))

;;;###autoload
(defun copydesk-dossier ()
  "Show what the draft names, with what is attested, differs and is new."
  (interactive)
  (let ((dossier (copydesk--ask "copydesk/dossier" (copydesk--document)))
        (file buffer-file-name))
    (unless dossier (user-error "There is no dossier: this is no draft, or its sources are still being read"))
    (with-current-buffer (get-buffer-create "*copydesk dossier*")
      (let ((inhibit-read-only t))
        (erase-buffer)
        (insert (plist-get dossier :summary) "\n")
        (cl-loop
         for (kind . title) in '(("person" . "People") ("place" . "Places") ("organisation" . "Bodies") ("figure" . "Figures") ("quotation" . "Quotations"))
         for entries = (seq-filter (lambda (entry) (equal (plist-get entry :kind) kind)) (plist-get dossier :entries))
         when entries do
         (insert "\n" title "\n")
         (seq-doseq (entry entries)
           (insert (cdr (assoc (plist-get entry :mark) '(("attested" . "+ ") ("differs" . "! ") ("new" . "? ")))))
           (copydesk--insert-lead (string-join (delq nil (list (plist-get entry :name) (plist-get entry :detail))) ", ")
                                  file (seq-elt (plist-get entry :places) 0))
           (seq-doseq (finding (plist-get entry :findings))
             (insert "    ")
             (copydesk--insert-lead (plist-get finding :message) file (plist-get finding :range))
             (copydesk--insert-sources (plist-get finding :evidence)))
           (seq-doseq (attested (plist-get entry :attested))
             (insert "    " (plist-get attested :words) "\n")
             (copydesk--insert-sources (plist-get attested :evidence))))))
      (special-mode)
      (goto-char (point-min))
      (display-buffer (current-buffer)))))

(provide 'copydesk)
;;; copydesk.el ends here
